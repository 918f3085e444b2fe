import { setTimeout as sleep } from 'node:timers/promises';
import { createChaosWorld } from '../tests/inference/support/chaos-world.js';
import { get } from '../tests/inference/support/http.js';
import { startLoad } from '../tests/inference/support/load.js';
import { writeResults } from './forest/write-results.js';

/** Two minutes show whether it works; `npm run bench -- soak --full` takes ten, which shows what grows. */
const MINUTES = Number(process.env.SOAK_MINUTES ?? (process.argv.includes('--full') ? 10 : 2));

/** Minutes of users who predict and rate, with Postgres killed in every one of them: does anything grow, or get lost? */
export async function run() {
  const world = await createChaosWorld();
  try {
    await world.publish('BO1', 1);
    await world.assign('BO1');
    await world.start();
    const load = startLoad(world.address, { users: 16 });
    const rows = [];
    for (let minute = 1; minute <= MINUTES; minute++) {
      let rss = 0;
      for (let second = 10; second <= 60; second += 10) {
        await sleep(10_000);
        if (second === 30) world.kill('postgres');
        const { body } = await get(world, '/metrics');
        rss = Math.max(rss, Number(/^process_resident_memory_bytes (\S+)/m.exec(body)?.[1]));
      }
      rows.push({
        minute,
        answered: load.answered.length,
        refused: load.refused.length,
        broken: load.broken.length,
        largestRssMb: Math.round(rss / 2 ** 20),
      });
      console.log(rows.at(-1));
    }
    await load.stop();
    while ((await get(world, '/api/health')).body.spool.predictions > 0) await sleep(200);
    const [{ n }] = (await world.query<{ n: number }>('select count(*) as n from predictions where id = any($1)', [
      load.answered,
    ])) as [{ n: number }];
    const result = { minutes: rows, answered: load.answered.length, recordedOfThem: n, refused: load.refused.length };
    writeResults('soak', result);
    console.table(rows);
    console.log({ answered: result.answered, recordedOfThem: n });
    return result;
  } finally {
    await world.close();
  }
}
