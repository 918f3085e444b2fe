import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Caller } from '../access/caller.js';
import type { Role } from '../access/roles.js';
import type { SettingsOf } from './etag.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a handler gets: input that its schemas accepted, and who asks. */
export interface RouteContext<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  /** Where the request came from. */
  readonly address: string;
  readonly requestId: string;
  readonly request: Request;
  readonly response: Response;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Answer<S> = S extends z.ZodType ? z.input<S> : undefined;

/** The handler wrote the answer itself (a stream). */
export const ANSWERED = Symbol('answered');

interface RouteFacts {
  readonly method: Method;
  /** As Express writes it: `/api/models/:version`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** The least role that may call it; `public` needs nobody. */
  readonly access: 'public' | Role;
  /** Of a success; default 200, and 204 where there is no answer schema. */
  readonly status?: number;
  /** A success that starts something or makes something: an Idempotency-Key makes a repetition harmless. */
  readonly idempotent?: boolean;
  /** Takes these content types as bytes; JSON only where there is a `body` schema too. */
  readonly upload?: { readonly types: readonly string[]; readonly limitBytes: number };
  /** What a success can also be sent as. */
  readonly stream?: 'text/event-stream';
  /** Statuses of problems beside those that every route has. */
  readonly problems?: readonly number[];
}

export interface Route extends RouteFacts {
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly answer?: z.ZodType | undefined;
  handle(context: RouteContext<unknown, unknown, unknown>): Promise<unknown>;
  current?(context: RouteContext<unknown, unknown, unknown>): Promise<unknown>;
  readonly settings?: SettingsOf;
}

/** One route as data: the server, the OpenAPI document, the table of roles and the tests all read it. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  A extends z.ZodType | undefined = undefined,
>(
  definition: RouteFacts & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly answer?: A;
    handle(context: RouteContext<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<Answer<A> | typeof ANSWERED>;
    /** What a GET of the same thing would answer: its ETag is compared with If-Match. */
    current?(context: RouteContext<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<unknown>;
    /** What people set of a GET's answer, where the rest of it changes by itself: If-Match holds on to this alone. */
    readonly settings?: SettingsOf;
  },
): Route {
  return definition as unknown as Route;
}

/** What a service's key must be scoped for: `models:read`, `training:write`. */
export function scopeOf({ method, tag }: Pick<Route, 'method' | 'tag'>): string {
  return `${tag}:${method === 'get' ? 'read' : 'write'}`;
}
