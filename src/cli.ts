#!/usr/bin/env node
import { join } from 'node:path';
import { codeCacheFile, runWithCodeCache } from './adapters/code-cache.js';

// The command line, started with the code that V8 made of it in an earlier run: compiling it takes longer than its work.

/** Replaced by a digest of what `npm run build` makes. */
declare const BUILD: string;

runWithCodeCache(join(import.meta.dirname, 'chunks', 'cli-main.js'), {
  cacheFile: codeCacheFile(process.argv[2], process),
  keeps: !process.argv.includes('--dry-run'),
  build: BUILD,
  require,
});
