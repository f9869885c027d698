import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(60_000);

const run = promisify(execFile);
const lines = 20_000;
const all = Array.from({ length: lines }, (_, index) => `line ${String(index)} é\n`).join('');
let dir = '';

/** Writes its lines to stdout one by one, after `first` was done. */
const writer = (first: string): string => `
await import(${JSON.stringify(resolve('scripts/typescript-imports.js'))});
const { openOutput, standardOutput } = await import(${JSON.stringify(resolve('src/adapters/output.ts'))});
const say = openOutput(standardOutput, (failure) => { throw failure; });
${first}
for (let index = 0; index < ${String(lines)}; index++) say(\`line \${index} é\\n\`);
`;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'output-'));
  await writeFile(join(dir, 'writer.mjs'), writer(''));
  // Node's own stream makes a pipe one that does not wait.
  await writeFile(join(dir, 'impatient.mjs'), writer('process.stdout.fd;'));
});

afterAll(() => rm(dir, { recursive: true }));

/** What a shell runs, with the writers as arguments. */
async function written(script: string): Promise<string> {
  const args = ['-c', script, 'sh', process.execPath, '--disable-warning=ExperimentalWarning', dir];
  await run('/bin/sh', args);
  return readFile(join(dir, 'all'), 'utf8');
}

test('a file has every line, in order', async () => {
  expect(await written('"$1" "$2" "$3/writer.mjs" >"$3/all"')).toBe(all);
});

test('so has a pipe that is read late', async () => {
  expect(await written('"$1" "$2" "$3/writer.mjs" | { sleep 1; cat >"$3/all"; }')).toBe(all);
});

test('so has a full pipe that does not wait', async () => {
  const full = 'head -c 65536 /dev/zero; "$1" "$2" "$3/impatient.mjs"';
  expect(await written(`{ ${full}; } | { sleep 1; tail -c +65537 >"$3/all"; }`)).toBe(all);
});
