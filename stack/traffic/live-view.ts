import type { DecisionSummary } from './control-client.js';
import { latencyQuantile, type Tally, type VariantTally } from './tally.js';

const number = (value: number, digits: number) => (Number.isFinite(value) ? value.toFixed(digits) : '–');

function line(name: string, tally: VariantTally, all: number): string {
  const share = all === 0 ? 0 : (100 * tally.requests) / all;
  const rating = tally.ratings === 0 ? Number.NaN : tally.ratingSum / tally.ratings;
  return [
    name.padEnd(11),
    ([...tally.versions].at(-1) ?? '–').padEnd(7),
    String(tally.requests).padStart(8),
    `${number(share, 1)} %`.padStart(8),
    number(latencyQuantile(tally, 0.5), 1).padStart(8),
    number(latencyQuantile(tally, 0.95), 1).padStart(8),
    String(tally.ratings).padStart(8),
    number(rating, 2).padStart(7),
  ].join(' ');
}

/** The state of play as lines of text. */
export function renderTally(tally: Tally, decision: DecisionSummary | null, seconds: number): string[] {
  const { production, candidate } = tally.variants;
  const all = production.requests + candidate.requests;
  const scores = decision?.evaluation.rule.numbers;
  const score = (name: string) => number(scores?.[name] ?? Number.NaN, 4);
  return [
    `${number(seconds, 0)} s, ${all} answers, ${tally.lost} without answer`,
    'variant     model   requests    split   p50 ms   p95 ms  ratings   stars',
    line('production', production, all),
    line('candidate', candidate, all),
    decision === null
      ? 'no decision yet'
      : `last decision #${decision.id}: ${decision.verdict} (production ${score('productionScore')}, candidate ${score('candidateScore')}) – ${decision.reason}`,
  ];
}
