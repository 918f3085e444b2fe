// Writes docs/configuration.md: every variable with its default, what is allowed (from the schema that parses the
// environment) and what it is for (from .env.example).
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { configSchema } from '../config.js';

interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
}

/** What of a property of the JSON schema a reader needs to know. */
function allowed({ type, enum: values, minimum, maximum, minLength, format }: Shape): string {
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  const bounds = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (type === 'integer' || type === 'number') return bounds ? `${type}, ${minimum} to ${maximum}` : type;
  if (format === 'uri') return 'URL';
  return minLength !== undefined && minLength > 1 ? `text, at least ${minLength} characters` : 'text';
}

/** The page docs/configuration.md. */
export function configurationPage(): string {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const sections: { title: string; rows: string[] }[] = [{ title: 'Everywhere', rows: [] }];
  for (const line of readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n')) {
    const heading = /^# -- (.+)$/.exec(line)?.[1];
    if (heading) sections.push({ title: heading[0]!.toUpperCase() + heading.slice(1), rows: [] });
    const [, name, value = '', what = ''] = /^# ([A-Z][A-Z0-9_]+)=(\S*)\s*(?:# (.*))?$/.exec(line) ?? [];
    if (name === undefined) continue;
    const shape = properties[name] as Shape | undefined;
    const shown = value && (shape && shape.default === undefined ? `such as \`${value}\`` : `\`${value}\``);
    const preset = shape?.default === undefined ? shown : `\`${shape.default}\``;
    const cells = [`\`${name}\``, preset, shape ? allowed(shape) : '', what];
    sections.at(-1)!.rows.push(`| ${cells.map(cell).join(' | ')} |`);
  }
  const tables = sections.map(
    ({ title, rows }) =>
      `## ${title}\n| variable | default | allowed | what |\n|---|---|---|---|\n${rows.join('\n')}\n`,
  );
  return `# Configuration

Every process reads the environment once, at its start; a value that is not allowed stops the start with a message that names the
variable and what is allowed. An empty value counts as not set. \`npm start\` and the compose files need none of these.

A variable \`NAME\` can also be given as \`NAME_FILE\`, the path of a file that holds the value: so secrets are handed to containers.
AWS's and Temporal's own variables hold too: \`AWS_SHARED_CREDENTIALS_FILE\`, \`AWS_PROFILE\`, …; \`TEMPORAL_API_KEY\`, \`TEMPORAL_TLS…\`,
\`TEMPORAL_CONFIG_FILE\`, \`TEMPORAL_PROFILE\`.

Generated from \`config.ts\` and \`.env.example\` by \`npx tsx scripts/generate-configuration.ts\`: edit there.

${tables.join('\n')}`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL('../docs/configuration.md', import.meta.url), configurationPage());
}
