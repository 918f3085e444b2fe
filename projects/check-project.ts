import { z } from 'zod';
import { InvalidInputError } from '../core/errors.js';
import { parseDecisionRule } from '../core/experiment/decision-rule.js';
import type { ModelProject } from '../core/project.js';

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const port = z.int().min(1).max(65_535);
const pathName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _');
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable');
const cron = z.string().regex(/^(\S+\s+){4,6}\S+$/, 'a cron expression of five fields');
const callable = z.custom((value) => typeof value === 'function', 'must be a function');
const timezone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Asia/Kolkata');

/** The shape of a project as far as the rest of the platform relies on it; what it says more is left alone. */
const shape = z.looseObject({
  name: z.string(),
  prefix: z.string(),
  title: z.string().min(1),
  task: z.enum(['regression', 'classification']),
  target: z.looseObject({ column: z.string().min(1), unit: z.string() }),
  input: z.looseObject({ safeParse: callable }, 'must be a zod schema'),
  features: z.array(z.looseObject({ name: z.string().min(1), kind: z.enum(['numeric', 'ordinal', 'target']) })).min(1),
  dataset: z.looseObject({ columns: z.array(z.string().min(1)).min(1), clean: callable }),
  training: z.looseObject({
    algorithm: z.string().min(1),
    testRatio: z.number().gt(0).lt(1),
    minRows: z.int().min(1),
  }),
  gates: z.looseObject({}),
  candidateWeightPercent: z.number().min(0).max(100),
  drift: z.looseObject({ percentageThreshold: z.number().gt(0), scoreThreshold: z.number().gt(0).max(1) }),
  schedules: z.looseObject({ train: cron, evaluate: cron, drift: cron, timezone }),
  ports: z.object({ router: port, production: port, candidate: port }).optional(),
  endpoints: z
    .looseObject({
      predict: z.looseObject({ name: pathName, answer: pathName }).optional(),
      similar: z.looseObject({ name: pathName }).optional(),
      categories: z.array(z.looseObject({ name: pathName, column: z.string(), answer: pathName })).optional(),
    })
    .optional(),
  split: z
    .looseObject({
      assignment: z.enum(['user', 'request']),
      weightVariables: z.object({ production: variable, candidate: variable }).optional(),
    })
    .optional(),
});

const twiceIn = (items: readonly string[]) => items.find((item, i) => items.indexOf(item) !== i);

/** What goes together within one project. */
function problemsOf(project: ModelProject): string | null {
  const { name, prefix, features, dataset, target, task, ports, endpoints, decision } = project;
  if (!KEBAB.test(name)) return `name '${name}' must be kebab-case: lower case letters, digits and single hyphens`;
  if (!/^[a-z][a-z0-9_-]*$/.test(prefix)) return `prefix '${prefix}' may hold lower case letters, digits, _ and -`;
  const names = features.map((feature) => feature.name);
  const twice = twiceIn(names) ?? twiceIn(dataset.columns);
  if (twice !== undefined) return `'${twice}' is declared twice`;
  const absent = [...names, target.column].find((column) => !dataset.columns.includes(column));
  if (absent !== undefined) return `'${absent}' is not among the snapshot's columns`;
  if (names.includes(target.column))
    return `the target '${target.column}' is also a feature: the model would be told the answer`;
  if (!dataset.columns.includes('source'))
    return "the snapshot's columns lack 'source', which says where a row came from";
  if (task === 'classification') {
    const { classes = [] } = target;
    if (classes.length < 2) return `target.classes must name at least two classes, got ${classes.length}`;
    if (twiceIn(classes) !== undefined) return `target.classes names '${twiceIn(classes)}' twice`;
  }
  const listened = ports ? [ports.router, ports.production, ports.candidate] : [];
  if (new Set(listened).size < listened.length) return `ports must differ, got ${listened.join(', ')}`;
  const unknown = endpoints?.categories?.find(({ column }) => !names.includes(column));
  if (unknown) return `endpoint get_${unknown.name} lists '${unknown.column}', which is no feature`;
  parseDecisionRule(decision);
  return null;
}

/**
 * Checks what a project can get wrong by itself.
 *
 * @param value what its file exports
 * @throws {InvalidInputError} with the first thing wrong and what is allowed
 */
export function checkProject(value: unknown): ModelProject {
  const parsed = shape.safeParse(value);
  const label =
    typeof (value as { name?: unknown })?.name === 'string' ? `project '${(value as ModelProject).name}': ` : '';
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidInputError(`${label}${issue?.path.join('.') || 'project'}: ${issue?.message}`);
  }
  const problem = problemsOf(value as ModelProject);
  if (problem !== null) throw new InvalidInputError(label + problem);
  return value as ModelProject;
}
