import type { Profiler } from 'node:inspector';
import { eachMapping, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';

/** A place in a source file: lines from 1, columns from 0, as source maps count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A place of a source and which of the script's mapped offsets it became. */
interface MappedPlace extends Place {
  readonly index: number;
}

/** Offsets at which lines of these lengths start; every line but the last ends with one character. */
export function lineStarts(lineLengths: readonly number[]): number[] {
  let next = 0;
  return lineLengths.map((length) => {
    const start = next;
    next += length + 1;
    return start;
  });
}

/** How often each mapped place of a generated script ran, summed over all processes and threads that ran the script. */
export class ScriptCounts {
  readonly #offsets: number[] = [];
  readonly #counts: Float64Array;
  readonly #bySource = new Map<string, MappedPlace[]>();

  /** @param lineLengths of the generated code, in UTF-16 units, without line ends */
  constructor(sourceMap: SourceMapInput, lineLengths: readonly number[], url: string) {
    const starts = lineStarts(lineLengths);
    eachMapping(
      new TraceMap(sourceMap, url),
      ({ generatedLine, generatedColumn, source, originalLine, originalColumn }) => {
        const lineStart = starts[generatedLine - 1];
        if (source === null || lineStart === undefined) return;
        const index = this.#offsets.push(lineStart + generatedColumn) - 1;
        const places = this.#bySource.get(source) ?? [];
        if (places.length === 0) this.#bySource.set(source, places);
        places.push({ line: originalLine, column: originalColumn, index });
      },
    );
    for (const places of this.#bySource.values()) places.sort(compare);
    this.#counts = new Float64Array(this.#offsets.length);
  }

  sources(): string[] {
    return [...this.#bySource.keys()];
  }

  /** Adds what one process or thread reports. An inner range overrides what the range around it says. */
  add(functions: readonly Profiler.FunctionCoverage[]): void {
    const counts = new Float64Array(this.#offsets.length);
    const ranges = functions.flatMap((each) => each.ranges);
    ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
    for (const { startOffset, endOffset, count } of ranges) {
      counts.fill(count, firstNotBefore(this.#offsets, startOffset), firstNotBefore(this.#offsets, endOffset));
    }
    for (const [index, count] of counts.entries()) this.#counts[index] = (this.#counts[index] ?? 0) + count;
  }

  /** How often the place ran. One that is not mapped itself ran as often as the rarer of its neighbours. */
  countAt(source: string, place: Place): number {
    const places = this.#bySource.get(source) ?? [];
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(places[middle] as MappedPlace, place) < 0) low = middle + 1;
      else high = middle;
    }
    const at = this.#countsFrom(places, low);
    const next = places[low];
    return next === undefined || compare(next, place) !== 0 ? Math.min(at, this.#countOf(places[low - 1])) : at;
  }

  /** The most of the counts of all mappings of the place at this position of the list. */
  #countsFrom(places: readonly MappedPlace[], position: number): number {
    let most = this.#countOf(places[position]);
    for (let next = position + 1; next < places.length; next++) {
      if (compare(places[next] as MappedPlace, places[position] as MappedPlace) !== 0) break;
      most = Math.max(most, this.#countOf(places[next]));
    }
    return most;
  }

  #countOf(place: MappedPlace | undefined): number {
    return place === undefined ? 0 : (this.#counts[place.index] ?? 0);
  }
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column;
}

/** The first position of a sorted list whose value is at least `value`. */
function firstNotBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
