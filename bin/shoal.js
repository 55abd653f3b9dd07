#!/usr/bin/env node
// The `shoal` command: brings the packages and Node 24 where needed, then runs app/cli/main.ts with it.
import { bootstrap } from './bootstrap.js';

await bootstrap('cli', process.argv.slice(2));
