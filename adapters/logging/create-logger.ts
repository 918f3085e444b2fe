import { trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';

export interface LoggerOptions {
  /** pino's name of the least level that is written. */
  readonly level: string;
  /** Which part of the product speaks, such as `control`. */
  readonly part: string;
  /** What holds for every line, such as the project. */
  readonly base?: Readonly<Record<string, string>>;
  /** Default: stdout. */
  readonly destination?: DestinationStream;
}

/** The trace that a line belongs to, where there is one. */
function traceOf(): Record<string, string> {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/**
 * The one form of log lines of every part: JSON with `level` (its name), `time` (ISO 8601, UTC), `part`, `msg`, where there
 * is one `err`, and within a trace `trace_id` and `span_id`. docs/monitoring.md lists the fields.
 */
export function createLogger({ level, part, base = {}, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { part, ...base },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: traceOf,
  };
  return destination ? pino(options, destination) : pino(options);
}
