import { loadConfig, required } from '../../config.js';
import { createLogger } from '../logging/create-logger.js';
import { runMigrations } from './run-migrations.js';

const config = loadConfig();
const logger = createLogger({ level: config.LOG_LEVEL, part: 'migrate' });
const applied = await runMigrations(required(config, 'DATABASE_URL'), logger);
logger.info({ applied }, applied.length === 0 ? 'schema is up to date' : 'schema migrated');
