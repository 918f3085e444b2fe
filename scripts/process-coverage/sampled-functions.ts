import type { Profiler } from 'node:inspector';
import { eachMapping, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';
import { lineStarts, type ScriptCounts } from './script-counts.js';

/**
 * Coverage of a script that never ran, from other scripts that were made of the same source: every stretch of code between two
 * mapped places has the counts of the first one in the others. So counts of differently compiled code can be added up without
 * comparing the two compilers' idea of a statement.
 *
 * @param code and its source map, of the script to report on
 * @param source URL of the source file
 * @param scripts that ran
 */
export function sampledFunctions(
  { code, map }: { readonly code: string; readonly map: SourceMapInput },
  source: string,
  scripts: readonly ScriptCounts[],
): Profiler.FunctionCoverage[] {
  const starts = lineStarts(code.split('\n').map((line) => line.length));
  const ranges: Profiler.CoverageRange[] = [];
  eachMapping(new TraceMap(map), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
    const startOffset = (starts[generatedLine - 1] ?? 0) + generatedColumn;
    const before = ranges.at(-1);
    if (before) before.endOffset = startOffset;
    const place = { line: originalLine ?? 0, column: originalColumn ?? 0 };
    const count = scripts.reduce((sum, script) => sum + script.countAt(source, place), 0);
    ranges.push({ startOffset, endOffset: code.length, count });
  });
  return [{ functionName: '', isBlockCoverage: true, ranges }];
}
