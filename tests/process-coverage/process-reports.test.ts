import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { ProcessReports } from '../../scripts/process-coverage/process-reports.js';
import { sampledFunctions } from '../../scripts/process-coverage/sampled-functions.js';

// A loop that runs three times and a sign that depends on the argument: how often each line runs can be counted by hand.
const program = `
const size: number = Number(process.argv[2]);
export function sign(value: number): string {
  if (value < 0) {
    return 'negative';
  }
  return value === 0 ? 'none' : 'positive';
}
for (let i = 0; i < 3; i++) {
  sign(size);
}
`;

const folder = mkdtempSync(join(tmpdir(), 'incumbent-process-coverage-'));
const file = join(folder, 'program.mts');
writeFileSync(file, program);
const source = pathToFileURL(file).href;
const reportsFolder = join(folder, 'reports');
const tsx = import.meta.resolve('tsx');

function run(argument: string): void {
  execFileSync(process.execPath, ['--import', tsx, file, argument], {
    env: { ...process.env, NODE_V8_COVERAGE: reportsFolder },
  });
}

const placeOf = (text: string) => {
  const before = program.slice(0, program.indexOf(text)).split('\n');
  return { line: before.length, column: before.at(-1)?.length ?? 0 };
};

afterAll(() => rmSync(folder, { recursive: true }));

test('counts of two processes are added up, place by place', async () => {
  const reports = new ProcessReports(reportsFolder, (url) => url === source);
  run('-1');
  run('4');
  writeFileSync(join(reportsFolder, 'unfinished.json'), '{"result":[');
  await reports.countWritten();

  expect(readdirSync(reportsFolder)).toEqual(['unfinished.json']);
  const [script, ...others] = reports.scriptsBySource().get(source) ?? [];
  expect(others).toEqual([]);
  const count = (text: string) => script?.countAt(source, placeOf(text));
  expect(count('const size')).toBe(2);
  expect(count('if (value < 0)')).toBe(6);
  expect(count("return 'negative'")).toBe(3);
  expect(count('return value === 0')).toBe(3);
  expect(count("'none'")).toBe(0);
  expect(count("'positive'")).toBe(3);

  // the same source by another compiler, whose offsets are others
  const compiled = ts.transpileModule(program, {
    fileName: file,
    compilerOptions: { sourceMap: true, module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 },
  });
  const [whole] = sampledFunctions(
    { code: compiled.outputText, map: JSON.parse(compiled.sourceMapText ?? '') },
    source,
    reports.scriptsBySource().get(source) ?? [],
  );
  const compiledCount = (text: string) => {
    const at = compiled.outputText.indexOf(text);
    return whole?.ranges.find(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)?.count;
  };
  expect(compiledCount("return 'negative'")).toBe(3);
  expect(compiledCount("'none'")).toBe(0);
  expect(compiledCount("'positive'")).toBe(3);

  reports.remove();
  expect(readdirSync(folder)).toEqual(['program.mts']);
});
