import { scopeOf } from '../../control/http/route.js';
import { routeTable } from './route-table.js';

/** The rows of the table in docs/api.md, in the order of the routes. */
export function routeRows(): string[] {
  return routeTable.map((route) => {
    const path = `${route.method.toUpperCase()} ${route.path.replace(/:(\w+)/g, '{$1}')}`;
    const marks = [
      ...(route.idempotent ? ['Idempotency-Key'] : []),
      ...(route.current ? ['If-Match'] : []),
      ...(route.stream ? ['SSE'] : []),
    ];
    const needs = route.access === 'public' ? 'everybody' : `${route.access} · \`${scopeOf(route)}\``;
    return `| \`${path}\` | ${route.summary} | ${needs} | ${marks.join(', ')} |`;
  });
}
