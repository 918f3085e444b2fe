import type { CleaningStep } from './profile.js';

/** One reason to drop or change rows, as a pure function of the rows that the rules before it left. */
export interface CleaningRule<A, B = A> {
  readonly rule: string;
  readonly reason: string;
  /** `changed` counts rows that stay but differ; what is missing from `rows` was removed. Never adds a row. */
  apply(rows: readonly A[]): { readonly rows: readonly B[]; readonly changed: number };
}

/** Drops the rows for which `remove` holds. */
export function removeRows<A>(rule: string, reason: string, remove: (row: A) => boolean): CleaningRule<A> {
  return { rule, reason, apply: (rows) => ({ rows: rows.filter((row) => !remove(row)), changed: 0 }) };
}

/** Replaces rows one by one; a row that `change` returns as it is counts as unchanged. */
export function changeRows<A>(rule: string, reason: string, change: (row: A) => A): CleaningRule<A> {
  return {
    rule,
    reason,
    apply: (rows) => {
      let changed = 0;
      const next = rows.map((row) => {
        const replaced = change(row);
        if (replaced !== row) changed++;
        return replaced;
      });
      return { rows: next, changed };
    },
  };
}

/** Applies the rules in order. Σ removed over the steps = rows in − rows out. */
export function cleanRows<A>(
  rows: readonly A[],
  rules: readonly CleaningRule<A>[],
): { readonly rows: readonly A[]; readonly steps: readonly CleaningStep[] } {
  const steps: CleaningStep[] = [];
  let current = rows;
  for (const { rule, reason, apply } of rules) {
    const outcome = apply(current);
    steps.push({ rule, reason, removed: current.length - outcome.rows.length, changed: outcome.changed });
    current = outcome.rows;
  }
  return { rows: current, steps };
}
