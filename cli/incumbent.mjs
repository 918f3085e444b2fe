#!/usr/bin/env node
// `npx incumbent`: the command from its TypeScript sources.
import { register } from 'tsx/esm/api';

register();
await import(new URL('./main.ts', import.meta.url).href);
