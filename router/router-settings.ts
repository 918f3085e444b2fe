import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { InvalidInputError } from '../core/errors.js';

const milliseconds = z.number().int().min(1);
/** Paths are written into an nginx configuration, where `$` starts a variable. */
const path = z.string().regex(/^[^\p{Cc}$"\\]+$/u, 'a path without control characters, $, " or \\');
const network = z.string().regex(/^[0-9A-Fa-f:.]+(\/\d{1,3})?$/, 'an address or CIDR range, for example 10.0.0.0/8');

const settingsSchema = z.object({
  host: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/, 'an address to listen on')
    .default('0.0.0.0'),
  port: z.number().int().min(0).max(65_535),
  /** user: who asks decides the variant, for a whole experiment. request: each request is drawn anew. */
  assignment: z.enum(['user', 'request']).default('user'),
  /** A larger request body is refused with 413. */
  bodyLimitBytes: z
    .number()
    .int()
    .min(1)
    .default(1024 * 1024),
  /** The same for /api/predict/batch, whose files are spooled to disk. */
  batchBodyLimitBytes: z
    .number()
    .int()
    .min(1)
    .default(256 * 1024 * 1024),
  /** Longest silence of a client in the middle of its body. */
  bodyTimeoutMs: milliseconds.default(15_000),
  /** To connect; until a prediction, a batch or anything else is answered. */
  connectTimeoutMs: milliseconds.default(1_000),
  predictionTimeoutMs: milliseconds.default(5_000),
  batchTimeoutMs: milliseconds.default(60_000),
  otherTimeoutMs: milliseconds.default(60_000),
  /** A mirrored request is given up after this; with nginx the client's next one on the connection may wait for it. */
  shadowTimeoutMs: milliseconds.default(1_000),
  /** Passive health: so many failures within the time take an instance out for that time. */
  maxFails: z.number().int().min(1).default(3),
  failTimeoutSeconds: z.number().int().min(1).default(5),
  /** Must be shorter than the services' own keep-alive timeout, or a request meets a connection that is closing. */
  upstreamKeepAliveMs: milliseconds.default(4_000),
  /** Per client address; absent = no limit. */
  rateLimit: z
    .object({ requestsPerSecond: z.number().int().min(1), burst: z.number().int().min(0).default(50) })
    .optional(),
  /** Whose X-Forwarded-For is believed. */
  trustedProxies: z.array(network).default([]),
  /** Who may read /router/status, besides loopback. */
  statusAllow: z.array(network).default([]),
  tls: z.object({ certificatePath: path, keyPath: path }).optional(),
  /** File of the JSON access log; absent = none. */
  accessLogPath: path.optional(),
  /** Whether the log says who asked; without it `user` is empty. */
  accessLogUsers: z.boolean().default(true),
  /** Share of the traces begun here that are kept, 0..1; absent = no tracing. */
  traceRatio: z.number().min(0).max(1).optional(),
  /** The log is moved to `.1` when it has grown to this. */
  accessLogMaxBytes: z
    .number()
    .int()
    .min(1)
    .default(64 * 1024 * 1024),
  /** How often its size is looked at. */
  accessLogCheckMs: milliseconds.default(30_000),
  /** A stopping or reloading router lets requests in flight finish for this long. */
  graceMs: milliseconds.default(30_000),
  /** nginx worker processes. */
  workers: z
    .number()
    .int()
    .min(1)
    .default(() => Math.min(availableParallelism(), 4)),
});

export type RouterSettings = Readonly<z.infer<typeof settingsSchema>>;
export type RouterSettingsInput = z.input<typeof settingsSchema>;

/** @throws {InvalidInputError} naming every setting that is wrong */
export function parseRouterSettings(input: RouterSettingsInput): RouterSettings {
  const result = settingsSchema.safeParse(input);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  throw new InvalidInputError(
    `router settings refused: ${problems.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
    problems,
  );
}
