// Fails when a test was skipped, marked as to do, or when no test ran. Prints the closing line of the run.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
const count = (status) => tests.filter((test) => test.status === status).length;
const [passed, failed] = [count('passed'), count('failed')];
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
for (const { file, fullName, status } of skipped) console.error(`${status}: ${fullName} (${file})`);
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = passed === 0 || failed > 0 || skipped.length > 0 ? 1 : 0;
