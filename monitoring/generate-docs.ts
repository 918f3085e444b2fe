import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ownMetrics } from './all-metrics.js';
import type { MetricDefinition } from './metric-definition.js';

const unitOf = ({ name }: MetricDefinition): string => {
  if (name.includes('timestamp_seconds')) return 'Unix time';
  const unit = /_(seconds|bytes|ratio|rows)(_total)?$/.exec(name)?.[1];
  return unit ?? '';
};

const row = (definition: MetricDefinition) =>
  `| \`${definition.name}\` | ${definition.type} | ${(definition.labels ?? []).map((label) => `\`${label}\``).join(', ')} | ${unitOf(definition)} | ${definition.help.replaceAll('|', '\\|')} |`;

/** The page docs/metrics.md: every metric of our own. */
export function metricsPage(): string {
  const sections = ownMetrics.map(
    ({ title, job, definitions }) =>
      `## ${title}\nPrometheus job \`${job}\`.\n\n| name | type | labels | unit | meaning |\n|---|---|---|---|---|\n${Object.values(definitions).map(row).join('\n')}\n`,
  );
  const count = ownMetrics.reduce((sum, { definitions }) => sum + Object.keys(definitions).length, 0);
  return `# Metrics

The ${count} metrics of Incumbent's own. Generated from \`monitoring/metrics.ts\` by \`tsx monitoring/generate-docs.ts\`: edit there.
Every process also exposes the usual metrics of a Node process (\`process_…\`, \`nodejs_…\`); the worker's Temporal SDK has a port of its own.

${sections.join('\n')}`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(fileURLToPath(new URL('../docs/metrics.md', import.meta.url)), metricsPage());
}
