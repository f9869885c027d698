import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import type { CheckReport } from '../../../src/report/check-report.js';
import { createCheckout, runCheckAction, type Checkout } from '../../support/checkout.js';
import { cli, run } from '../../support/dist.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { schemaErrors } from '../../support/json-schema.js';
import { closedAddress } from '../../support/local-server.js';
import { readJson } from '../../support/shipped.js';

// The shipped `check --fix` as a process, with the real Go.

const fixtures = resolve('__tests__/fixtures/plugins');
let checkout: Checkout;

beforeEach(() => {
  checkout = createCheckout({});
});

afterEach(() => checkout.remove());

/** Copies of fixtures, each in a folder of its own name. */
async function plugins(...names: readonly string[]): Promise<void> {
  for (const name of names)
    await cp(join(fixtures, name), join(checkout.workspace, name), { recursive: true });
}

/** Null where there is no such file. */
function text(file: string): string | null {
  try {
    return readFileSync(join(checkout.workspace, file), 'utf8');
  } catch {
    return null;
  }
}

async function checked(args: readonly string[]): Promise<{
  readonly code: number | null;
  readonly report: CheckReport;
  readonly stdout: string;
  readonly stderr: string;
}> {
  const { workspace } = checkout;
  const offline = ['--server-api-url', closedAddress];
  const { code, stdout, stderr } = await run({
    file: cli,
    args: ['check', '--cache-dir', await sharedCacheDir(), '--builder', 'host', ...offline, ...args],
    cwd: workspace,
    env: goEnv(),
  });
  const report = readJson(join(workspace, 'dist-plugins/report.json'));
  expect(schemaErrors(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')), report)).toEqual([]);
  return { code, stdout, stderr, report: report as CheckReport };
}

/** The variables that go needs to find modules on this machine. */
function goEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) =>
    /^(?:GO|HOME$|HTTPS?_PROXY|SSL_)/i.test(name),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

const drifts = ({ plugins: all }: CheckReport): readonly (string | null)[] =>
  all.flatMap(({ checks }) =>
    checks.flatMap(({ findings }) =>
      findings.filter(({ level }) => level === 'drift').map(({ module }) => module),
    ),
  );

test('go.mod and go.sum are written, and then a check has no drift', async () => {
  await plugins('no-indirect-lines');
  const before = { goMod: text('no-indirect-lines/go.mod'), goSum: text('no-indirect-lines/go.sum') };
  const args = ['--path', 'no-indirect-lines', '--server', 'v2.9.1'];
  const first = await checked([...args, '--fix']);
  expect(first.code).toBe(0);
  expect(drifts(first.report)).toContain('github.com/gin-gonic/gin');
  expect(first.report.fixes).toEqual([
    expect.objectContaining({ path: 'no-indirect-lines', server: 'v2.9.1', kind: 'changed', unsolved: [] }),
  ]);
  expect(first.report.fixes[0]?.changes).toContainEqual(
    expect.objectContaining({ module: 'github.com/gin-gonic/gin', to: 'v1.11.0', why: 'server' }),
  );
  expect(text('no-indirect-lines/go.mod')).not.toBe(before.goMod);
  expect(text('no-indirect-lines/go.mod')).toMatch(/github\.com\/gin-gonic\/gin v1\.11\.0/);
  expect(text('no-indirect-lines/go.sum')).not.toBe(before.goSum);
  expect(first.stdout).toMatch(
    /^ {2}fix: no-indirect-lines\/go\.mod is written, with \d+ changes for gotify v2\.9\.1\n {4}no-indirect-lines\/go\.mod:\d+: /m,
  );
  expect(first.stdout).not.toContain('To bring go.mod in line');
  expect(first.stderr).not.toContain('go.mod');

  const second = await checked([...args, '--strict']);
  expect(second.code).toBe(0);
  expect(drifts(second.report)).toEqual([]);
  expect(second.report).toMatchObject({ compatible: true, drifts: 0, conflicts: 0, fixes: [] });
});

test('what cannot be brought in line is left byte for byte, beside what can, and the report says why', async () => {
  const all = ['pinned-module-conflict', 'pinned-module-lacks-package', 'no-indirect-lines'];
  await plugins(...all);
  const files = ['go.mod', 'go.sum', 'plugin.go'];
  const read = (folder: string): readonly (string | null)[] => files.map((file) => text(`${folder}/${file}`));
  const lacking = read('pinned-module-lacks-package');
  const [, , code] = read('pinned-module-conflict');
  const ended = await checked(['--path', '*', '--server', 'v2.6.3', '--fix']);
  expect(ended.code).toBe(1);
  expect(ended.report.fixes.map(({ path, kind }) => [path, kind])).toEqual([
    ['no-indirect-lines', 'changed'],
    ['pinned-module-conflict', 'partly'],
    ['pinned-module-lacks-package', 'cannot'],
  ]);
  const [, partly, cannot] = ended.report.fixes;
  expect(read('pinned-module-lacks-package')).toEqual(lacking);
  expect(cannot).toMatchObject({
    changes: [],
    unsolved: [{ what: expect.stringContaining('v2.6.3'), remedy: expect.stringMatching(/\.$/) }],
  });
  // What is not done is said on its own, and among what the check found.
  const unsolved = 'could not be brought in line with gotify v2.6.3: nothing is written';
  expect(ended.stderr).toContain(`warning: pinned-module-lacks-package/go.mod: go.mod ${unsolved}: `);
  expect(ended.stderr).toContain('; not all of it could be brought in line: ');
  expect(ended.stderr).not.toContain('warning: no-indirect-lines');
  expect(ended.stdout).toContain(`  fix: pinned-module-lacks-package/go.mod ${unsolved}\n    `);
  expect(ended.stdout).toContain('(the plugin asks for v1.11.0). ');
  // What is in go.mod is mended; the code is its author's.
  expect(read('pinned-module-conflict')[0]).toContain('github.com/gin-gonic/gin v1.10.0');
  expect(read('pinned-module-conflict')[2]).toBe(code);
  expect(partly?.unsolved).toEqual([
    {
      what: expect.stringContaining('(the plugin asks for v1.11.0)'),
      remedy: expect.stringContaining('v1.10.0'),
    },
  ]);
});

test('what several cannot be brought in line for is one warning', async () => {
  await plugins('minimal');
  const goMod = `${text('minimal/go.mod') ?? ''}\nignore ./x\n`;
  checkout.write({ 'minimal/go.mod': goMod });
  await cp(join(checkout.workspace, 'minimal'), join(checkout.workspace, 'other'), { recursive: true });
  const ended = await checked(['--path', '*', '--server', 'v2.6.3', '--fix', '--compile', 'false']);
  expect(ended.report.fixes.map(({ kind }) => kind)).toEqual(['cannot', 'cannot']);
  const warnings = ended.stderr.split('\n').filter((line) => line.includes('brought in line'));
  expect(warnings).toEqual([
    expect.stringMatching(
      /^warning: minimal\/go\.mod, other\/go\.mod: they could not be brought in line with gotify v2\.6\.3: Go 1\.24\.1.*`ignore`/,
    ),
  ]);
  expect(text('other/go.mod')).toBe(goMod);
});

test('the action says it too: a warning in the log, and a part of the summary', async () => {
  await plugins('pinned-module-lacks-package', 'no-indirect-lines');
  const ended = await runCheckAction({
    checkout,
    api: 'http://127.0.0.1:9',
    inputs: {
      ...{ path: '*', server: 'v2.6.3', fix: 'true', compile: 'true', builder: 'host' },
      'cache-dir': await sharedCacheDir(),
    },
    env: goEnv(),
  });
  const unsolved = 'could not be brought in line with gotify v2.6.3: nothing is written';
  expect(ended.stdout).toMatch(
    new RegExp(`^warning: pinned-module-lacks-package/go.mod: go.mod ${unsolved}: .+`, 'm'),
  );
  // What was found comes first, and there is more of it than GitHub shows.
  expect(ended.stdout.match(/^::warning/gm)).toHaveLength(10);
  expect(ended.summary).toMatch(/^🔧 no&#45;indirect&#45;lines\/go\.mod is written, with \d+ changes for /m);
  expect(ended.summary).toMatch(
    /^⚠️ pinned&#45;module&#45;lacks&#45;package\/go\.mod could not be brought in /m,
  );
  expect(ended.summary).not.toContain('To bring go.mod in line');
});
