import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const folder = fileURLToPath(new URL('../../monitoring/prometheus/rules/', import.meta.url));

export const ruleFiles = readdirSync(folder).map((file) => `${folder}${file}`);

export const rules: readonly Rule[] = ruleFiles.flatMap((file) =>
  (parse(readFileSync(file, 'utf8')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules),
);

export const alerts = rules.filter((rule): rule is Rule & { alert: string } => rule.alert !== undefined);
