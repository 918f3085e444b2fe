import type { z } from 'zod';
import type { ModelProject } from '../../core/project.js';

/** What the documentation says about one endpoint. */
export interface Operation {
  readonly summary: string;
  readonly tag: 'Predictions' | 'Feedback' | 'Service' | 'Open Inference Protocol';
  /** Schema of the request body; `project` stands for the input of the project being served. */
  readonly body?: z.ZodType | 'project';
  readonly bodyTypes?: readonly string[];
  readonly bodyExample?: unknown;
  /** The same made of the project's own example, where it has one. */
  readonly bodyExampleOf?: (project: ModelProject) => unknown;
  readonly query?: z.ZodObject;
  /** Takes `interval` and `explain` as query. */
  readonly hasDetails?: boolean;
  readonly answerType?: string;
  readonly answerExample: unknown;
}
