import { OTHER } from '../dataset/category-key.js';
import { benjaminiHochberg } from '../stats/benjamini-hochberg.js';
import { chiSquareContingency } from '../stats/chi-square-contingency.js';
import type { DriftLines } from './drift-lines.js';
import type { QualityRow } from './drift-report.js';
import type { SeriesPair } from './judge-distributions.js';

interface Check {
  readonly name: string;
  readonly check: QualityRow['check'];
  /** Unusable values and all values, in training and now. */
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  readonly examples: readonly string[];
}

function checksOf({ name, reference, current }: SeriesPair): Check[] {
  const missing: Check = {
    name,
    check: 'missing',
    reference: [reference.missing, reference.n + reference.missing],
    current: [current.missing, current.n + current.missing],
    examples: [],
  };
  if (current.kind === 'numeric') {
    const range: Check = {
      name,
      check: 'out_of_range',
      reference: [0, reference.n],
      current: [current.outOfRange, current.n],
      examples: [],
    };
    return [missing, range];
  }
  // rare categories were merged into `other` before training: then so many were unseen already
  const other = reference.kind === 'category' ? reference.categories.indexOf(OTHER) : -1;
  const unseenBefore = reference.kind === 'category' && other >= 0 ? reference.counts[other]! : 0;
  const unseen: Check = {
    name,
    check: 'unseen_category',
    reference: [unseenBefore, reference.n],
    current: [current.unseen, current.n],
    examples: current.unseenExamples,
  };
  return [missing, unseen];
}

const share = ([part, all]: readonly [number, number]) => (all === 0 ? 0 : part / all);
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

/** Whether more values than in training are missing, of an unknown category or beyond the range seen. */
export function judgeQuality(pairs: readonly SeriesPair[], lines: DriftLines): QualityRow[] {
  const checks = pairs.flatMap(checksOf);
  const enough = ({ current, reference }: Check) => current[1] >= Math.max(1, lines.minRows) && reference[1] > 0;
  const pValues = checks.filter(enough).map(({ reference, current }) => {
    const table = [reference, current].map(([part, all]) => [part, all - part]);
    return chiSquareContingency(table).pValue;
  });
  const adjusted = benjaminiHochberg(pValues);
  let next = 0;
  return checks.map((check): QualityRow => {
    const [before, now] = [share(check.reference), share(check.current)];
    const pAdjusted = enough(check) ? adjusted[next++]! : null;
    const risen = pAdjusted !== null && pAdjusted < lines.alpha && now - before >= lines.qualityIncrease;
    return {
      name: check.name,
      check: check.check,
      status: pAdjusted === null ? 'insufficient_data' : risen ? 'drift' : 'stable',
      reference_share: before,
      current_share: now,
      p_adjusted: pAdjusted,
      examples: check.examples,
      reason:
        pAdjusted === null
          ? `${check.current[1]} values now, at least ${lines.minRows} are needed`
          : `${percent(now)} now, ${percent(before)} in training (line: ${percent(lines.qualityIncrease)} more)`,
    };
  });
}
