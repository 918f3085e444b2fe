import type { Forest } from './forest.js';
import { narrowPlan, narrowTables } from './narrow-plan.js';
import type { NarrowTables } from './narrow-tables.js';
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
  return prepared.get(forest) ?? adoptPlan(forest, narrowTables(forest));
}

/**
 * Gives a forest its plan.
 *
 * @param tables what `narrowTables` made of this forest, perhaps in another thread; null = it does not fit a narrow plan
 */
export function adoptPlan(forest: Forest, tables: NarrowTables | null): PreparedForest {
  const made = {
    plan: tables ? narrowPlan(forest, tables) : compileWidePlan(forest),
    reached: new Float64Array(forest.trees),
    scores: new Float64Array(forest.baseline.length),
  };
  prepared.set(forest, made);
  return made;
}
