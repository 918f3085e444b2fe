import { pino } from 'pino';
import { createBuiltInRouter } from '../../router/built-in-router.js';
import type { RoutingState } from '../../router/routing-state.js';

/** The built-in router in a process of its own. Takes the state as JSON, prints its port. */
const state = JSON.parse(process.argv[2] ?? '') as RoutingState;
const router = createBuiltInRouter({ host: '127.0.0.1', port: 0, logger: pino({ level: 'silent' }) });
await router.start(state);
process.stdout.write(`${router.port()}\n`);
