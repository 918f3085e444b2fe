import { Command } from 'commander';
import { pino } from 'pino';
import { createPool } from '../adapters/postgres/pool.js';
import { verifyAudit } from '../adapters/postgres/verify-audit.js';
import { loadConfig } from '../config.js';
import { readState } from './state-file.js';

const config = loadConfig();
const program = new Command('npm run audit --').description('Looks after the audit log.');

program
  .command('verify')
  .description('Computes the hash of every row anew and names each row that was changed, removed or moved.')
  .option(
    '--head <count:hash>',
    'the head that an earlier verification told: nothing before it may have been rewritten',
  )
  .action(async ({ head }: { head?: string }) => {
    if (head !== undefined && !/^\d+:[0-9a-f]{64}$/.test(head)) throw new Error('--head is not count:hash');
    const connectionString = config.DATABASE_URL ?? readState(config.INCUMBENT_HOME)?.env.DATABASE_URL;
    if (!connectionString) throw new Error('no database: set DATABASE_URL, or start the local stack with npm start');
    const logger = pino({ level: 'silent' });
    const pool = createPool({ connectionString, max: 1, applicationName: 'incumbent-audit', logger });
    try {
      const { rows, unchained, head: end, findings } = await verifyAudit(pool, head);
      for (const { message } of findings) console.log(message);
      const before = unchained > 0 ? ` (${unchained} rows are older than the chain)` : '';
      console.log(`${rows} rows${before}, ${findings.length} findings, head ${end}`);
      process.exitCode = findings.length > 0 ? 1 : 0;
    } finally {
      await pool.end();
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
