import { pino } from 'pino';
import { loadConfig, required } from '../../config.js';
import { runMigrations } from './run-migrations.js';

const config = loadConfig();
const logger = pino({ level: config.LOG_LEVEL, base: { part: 'migrate' } });
const applied = await runMigrations(required(config, 'DATABASE_URL'), logger);
logger.info({ applied }, applied.length === 0 ? 'schema is up to date' : 'schema migrated');
