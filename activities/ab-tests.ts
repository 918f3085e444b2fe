import { lookAtAbTest } from '../core/experiment/ab-test.js';
import { judgedByIn } from '../core/experiment/judged-by.js';
import { stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import type { AbTestStore } from './ports.js';

export interface AbTestDeps {
  readonly abTests: AbTestStore;
  readonly now: () => Date;
}

/** A test that ended at this look, in a sentence. */
export interface EndedAbTest {
  readonly id: number;
  readonly name: string;
  readonly winner: string | null;
  readonly summary: string;
}

/** The hourly look at the experiments on what is served elsewhere. */
export function createAbTestActivities({ abTests, now }: AbTestDeps) {
  return withDomainFailures({
    /** Looks at every running test of a project, and ends those that are decided or too old. */
    async lookAtAbTests(project: string): Promise<EndedAbTest[]> {
      const ended: EndedAbTest[] = [];
      for (const test of await abTests.running(project)) {
        const { counts, previous } = await abTests.read(test);
        const context = { ...test, now: now(), judgedBy: judgedByIn(test.metric) };
        const look = lookAtAbTest(test, counts, previous, context, test.rule);
        await abTests.recordLook(test.id, look, stepKey(`ab-test/${test.id}`));
        if (look.ending === null) continue;
        const summary = `A/B test "${test.name}" ended: ${look.ending.reason}.`;
        ended.push({ id: test.id, name: test.name, winner: look.winner, summary });
      }
      return ended;
    },
  });
}

export type AbTestActivities = ReturnType<typeof createAbTestActivities>;
