import { type AbTestLook, lookAtAbTest } from '../core/experiment/ab-test.js';
import { stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import type { AbTest, AbTestStore } from './ports.js';

export interface AbTestDeps {
  readonly abTests: AbTestStore;
  readonly now: () => Date;
}

/** One look at a test as it stands; nothing is recorded. */
export async function lookNow({ abTests, now }: AbTestDeps, test: AbTest): Promise<AbTestLook> {
  const [counts, before] = await Promise.all([abTests.summarize(test), abTests.latestLook(test.id)]);
  const previous = Object.fromEntries((before ?? []).map(({ name, decision }) => [name, decision.evidence.running]));
  const { startedAt, expectedUsers, rule } = test;
  return lookAtAbTest(test, counts, previous, { now: now(), startedAt, expectedUsers }, rule);
}

/** A test that ended at this look, in a sentence. */
export interface EndedAbTest {
  readonly id: number;
  readonly name: string;
  readonly winner: string | null;
  readonly summary: string;
}

/** The hourly look at the experiments on what is served elsewhere. */
export function createAbTestActivities(deps: AbTestDeps) {
  return withDomainFailures({
    /** Looks at every running test of a project, and ends those that are decided or too old. */
    async lookAtAbTests(project: string): Promise<EndedAbTest[]> {
      const ended: EndedAbTest[] = [];
      for (const test of await deps.abTests.running(project)) {
        const look = await lookNow(deps, test);
        await deps.abTests.recordLook(test.id, look, stepKey(`ab-test/${test.id}`));
        if (look.ending === null) continue;
        const summary = `A/B test "${test.name}" ended: ${look.ending.reason}.`;
        ended.push({ id: test.id, name: test.name, winner: look.winner, summary });
      }
      return ended;
    },
  });
}

export type AbTestActivities = ReturnType<typeof createAbTestActivities>;
