import type { Forest } from './forest.js';
import { compileNarrowPlan } from './narrow-plan.js';
import type { Plan } from './plan.js';
import { compileWidePlan } from './wide-plan.js';

/** What a prediction needs besides the forest, made once per forest. */
export interface PreparedForest {
  readonly plan: Plan;
  /** Scratch: what the row's leaf gives, per tree. */
  readonly reached: Float64Array;
  /** Scratch: raw scores. */
  readonly scores: Float64Array;
}

const prepared = new WeakMap<Forest, PreparedForest>();

/** The forest's plan, compiled at the first call and kept as long as the forest. */
export function planOf(forest: Forest): PreparedForest {
  let found = prepared.get(forest);
  if (found === undefined) {
    found = {
      plan: compileNarrowPlan(forest) ?? compileWidePlan(forest),
      reached: new Float64Array(forest.trees),
      scores: new Float64Array(forest.baseline.length),
    };
    prepared.set(forest, found);
  }
  return found;
}
