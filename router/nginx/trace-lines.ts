import type { RouterSettings } from '../router-settings.js';
import { splitLines } from './directives.js';

const part = (name: string, of: string, fallback: string, pattern: string): string[] => [
  `map ${of} $${name} {`,
  `  default "${fallback}";`,
  `  "~^${pattern}$" $found_${name};`,
  '}',
];
const TRACE = '[0-9a-f]{32}';
const SPAN = '[0-9a-f]{16}';
const FLAGS = '[0-9a-f]{2}';

/** The variable that identifies a request to people: in a traced router the id of its trace. */
export const requestIdOf = ({ traceRatio }: RouterSettings): string =>
  traceRatio === undefined ? '$request_id' : '$trace_id';

/** What trace-context.ts says, in nginx's words; nothing without tracing. */
export function traceMaps({ traceRatio }: RouterSettings): string[] {
  if (traceRatio === undefined) return [];
  const named = (name: string, pattern: string) => `(?<found_${name}>${pattern})`;
  return [
    ...part('trace_id', '$http_traceparent', '$request_id', `00-${named('trace_id', TRACE)}-${SPAN}-${FLAGS}`),
    ...part('trace_parent', '$http_traceparent', '', `00-${TRACE}-${named('trace_parent', SPAN)}-${FLAGS}`),
    ...part('trace_flags', '$http_traceparent', '$trace_sampled', `00-${TRACE}-${SPAN}-${named('trace_flags', FLAGS)}`),
    ...part('trace_span', '$request_id', '', `${named('trace_span', SPAN)}.*`),
    'split_clients "trace:$request_id" $trace_sampled {',
    ...splitLines(traceRatio * 100, '01', '00').map((line) => `  ${line}`),
    '}',
  ];
}

/** Tells the services where they are in the trace; without tracing a caller's header passes as it is. */
export function traceHeader({ traceRatio }: RouterSettings): string[] {
  return traceRatio === undefined ? [] : ['proxy_set_header traceparent "00-$trace_id-$trace_span-$trace_flags";'];
}
