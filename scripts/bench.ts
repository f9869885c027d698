/**
 * Measures the promises about speed on this machine: `npm run bench -- [--only input,check,host,verdict,publish,docker] [--runs N]
 * [--server TAG] [--gotify FILE] [--dir FOLDER]`. Needs dist/, Go, and for `docker` an engine with the gotify/build images. Each
 * number is a ratio of medians, both sides taken in turn in this run. Prints a Markdown table; exit code 1 where a
 * promise is missed. A folder given by --dir is kept, and makes the next run start warm.
 */
import './typescript-imports.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Measured } from './bench/measure.js';
import type { Plugin } from './bench/plugin.js';

const { benchDocker, benchHost } = await import('./bench/build.js');
const { benchCheck } = await import('./bench/check.js');
const { benchInputError, benchVerdict } = await import('./bench/process.js');
const { benchPublish } = await import('./bench/publish.js');
const { makePlugin } = await import('./bench/plugin.js');
const { markdown } = await import('./bench/measure.js');
const { startKnownGitHub } = await import('./bench/server.js');

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'input,check,host,verdict,publish,docker' },
    runs: { type: 'string', default: '5' },
    server: { type: 'string', default: 'v3.0.0' },
    gotify: { type: 'string' },
    dir: { type: 'string' },
  },
});
const runs = Number(values.runs);
const gotify = values.gotify === undefined ? null : resolve(values.gotify);
/** Short processes need more runs for a steady median, and have the time. */
const shortRuns = runs * 4;

const parts: Readonly<Record<string, (plugin: Plugin) => Promise<Measured[]>>> = {
  input: ({ dir }) => benchInputError(dir, shortRuns),
  check: (plugin) => benchCheck(plugin, shortRuns),
  host: (plugin) => benchHost(plugin, runs),
  verdict: (plugin) => benchVerdict(plugin, gotify, shortRuns),
  publish: (plugin) => benchPublish(plugin, runs),
  docker: (plugin) => benchDocker(plugin, runs),
};

const dir =
  values.dir === undefined
    ? await mkdtemp(join(tmpdir(), 'gotify-plugin-build-bench-'))
    : resolve(values.dir);
try {
  const made = await makePlugin(dir, values.server);
  const double = await startKnownGitHub(made.server, made.cacheDir);
  const plugin = { ...made, apiUrl: double.url };
  const results: Measured[] = [];
  for (const name of values.only.split(',')) {
    const part = parts[name];
    if (part === undefined) throw new Error(`no such part: ${name} (${Object.keys(parts).join(', ')})`);
    results.push(...(await part(plugin)));
  }
  const fetched = double.requests.filter(({ path }) => path.includes('/releases/tags/'));
  await double.close();
  if (fetched.length > 0) throw new Error('a run asked for a release whose manifests were in the cache');
  console.log(
    `gotify ${values.server}, medians of ${String(runs)} runs in turn (short processes: ${String(shortRuns)})\n`,
  );
  console.log(markdown(results));
  process.exitCode = results.some(({ ratio, limit }) => ratio > limit) ? 1 : 0;
} finally {
  if (values.dir === undefined) await rm(dir, { recursive: true, force: true });
}
