import { readdirSync } from 'node:fs';

/** `npm run bench -- NAME` runs bench/NAME.ts, which exports `run()`, prints its table and writes bench/results/NAME.json. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3))
  .sort();
const name = process.argv[2];
if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- NAME, with NAME one of ${names.join(', ')}`);
  process.exit(1);
}
const { run } = (await import(new URL(`./${name}.ts`, import.meta.url).href)) as { run: () => Promise<unknown> };
await run();
