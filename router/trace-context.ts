/**
 * A request within a trace, as the router hands it on. The trace is the caller's, else a new one whose id is the request
 * id; the router's own span is the first half of the request id, so that it can be told from the access log.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export interface TraceContext {
  readonly traceId: string;
  readonly span: string;
  /** The caller's span; empty without one. */
  readonly parent: string;
  readonly flags: string;
}

/** Fields of the access log that only a traced router writes, after all others. `ended_s` is in Unix seconds. */
export const TRACE_LOG_FIELDS = ['span', 'parent', 'flags', 'ended_s'] as const;

const PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * @param given the caller's traceparent
 * @param requestId 32 hexadecimal digits
 * @param sampled whether a trace that begins here is kept
 */
export function traceContext(given: string | undefined, requestId: string, sampled: boolean): TraceContext {
  const found = PARENT.exec(given ?? '');
  const span = requestId.slice(0, 16);
  return found
    ? { traceId: found[1]!, span, parent: found[2]!, flags: found[3]! }
    : { traceId: requestId, span, parent: '', flags: sampled ? '01' : '00' };
}

/** The header for the services. */
export const traceParent = ({ traceId, span, flags }: TraceContext): string => `00-${traceId}-${span}-${flags}`;
