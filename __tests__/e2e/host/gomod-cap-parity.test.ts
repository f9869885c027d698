import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { capPlugin } from '../../../src/cap/cap.js';
import { parseModFile } from '../../../src/go/modfile.js';
import { cli, run } from '../../support/dist.js';
import { goOutput, writeFiles } from '../../support/host/go-project.js';
import { catalogServer } from '../../support/host/server.js';

// gotify's own gomod-cap, built from the module of its author, is run beside ours over every go.mod of the check's corpus.

const dir = mkdtempSync(join(tmpdir(), 'gomod-cap-'));
const program = join(dir, 'gomod-cap');
afterAll(() => {
  rmSync(dir, { recursive: true });
});

beforeAll(() => {
  writeFiles(dir, { 'go.mod': 'module oracle\n\ngo 1.20\n\nrequire github.com/gotify/plugin-api v1.0.0\n' });
  goOutput(dir, 'local', ['build', '-mod=mod', '-o', program, 'github.com/gotify/plugin-api/cmd/gomod-cap']);
}, 120_000);

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
const corpus = readdirSync(join(fixtures, 'check')).filter((name) => name.endsWith('.mod'));
const sound = corpus.filter((name) => !name.startsWith('bad-'));
const malformed = corpus.filter((name) => name.startsWith('bad-'));
const tags = ['v2.3.0', 'v2.6.3', 'v2.9.1', 'v3.0.0'];

const fixture = (name: string): string => readFileSync(join(fixtures, 'check', name), 'utf8');

/** What gomod-cap makes of a go.mod, and what it ends with. */
function gomodCap(goMod: string, server: string, flags: readonly string[] = []) {
  const [from, to] = [join(dir, 'from.mod'), join(dir, 'to.mod')];
  writeFileSync(from, server);
  writeFileSync(to, goMod);
  const { status } = spawnSync(program, ['-from', from, '-to', to, ...flags]);
  return { status, goMod: readFileSync(to, 'utf8') };
}

/** `go mod edit` leaves one line a module, and sorts them. */
function requiredVersions(text: string): Map<string, string> {
  return new Map(parseModFile(text, 'go.mod').requires.map(({ path, version }) => [path, version]));
}

let changed = 0;

test('there are at least 40 files', () => {
  expect(sound.length).toBeGreaterThanOrEqual(40);
});

describe.each(tags)('for %s', (tag) => {
  test.each(sound)(
    'the rule gomod-cap does to %s what gomod-cap does',
    async (name) => {
      const server = await catalogServer(tag);
      const goModText = fixture(name);
      const project = { goModText, displayGoMod: 'go.mod' };

      const real = gomodCap(goModText, server.goMod);
      const ours = await capPlugin({ rule: 'gomod-cap', project, server });

      expect(real.status).toBe(0);
      const goMod = ours.kind === 'changed' ? ours.goMod : goModText;
      expect(requiredVersions(goMod)).toEqual(requiredVersions(real.goMod));
      const differing = parseModFile(goModText, 'go.mod').requires.filter(
        ({ path, version }) => (requiredVersions(server.goMod).get(path) ?? version) !== version,
      );
      const changes = ours.kind === 'changed' ? ours.changes : [];
      expect(changes.map(({ module, from }) => [module, from])).toEqual(
        differing.map(({ path, version }) => [path, version]),
      );
      if (ours.kind === 'changed') changed += 1;
    },
    120_000,
  );
});

test('many of the cases are changes', () => {
  expect(changed).toBeGreaterThan(60);
});

/** The shipped program with gomod-cap's own arguments. */
async function shipped(name: string, tag: string, flags: readonly string[]) {
  const [from, to] = [join(dir, 'server.mod'), join(dir, 'plugin.mod')];
  writeFileSync(from, (await catalogServer(tag)).goMod);
  copyFileSync(join(fixtures, 'check', name), to);
  const args = ['cap', '-from', from, '-to', to, '--rule', 'gomod-cap', ...flags];
  // No go in reach: this rule needs none.
  const ended = await run({ file: cli, args, cwd: dir, env: { PATH: '/nowhere' } });
  return { ...ended, goMod: readFileSync(to, 'utf8') };
}

test.each(sound)(
  'the shipped program ends as gomod-cap does, with -check and without: %s',
  async (name) => {
    const { goMod } = await catalogServer('v3.0.0');
    const [real, written] = [gomodCap(fixture(name), goMod, ['-check']), gomodCap(fixture(name), goMod)];

    const checked = await shipped(name, 'v3.0.0', ['-check']);
    expect({ code: checked.code, goMod: checked.goMod }).toEqual({ code: real.status, goMod: fixture(name) });

    const ours = await shipped(name, 'v3.0.0', []);
    expect(ours.code).toBe(0);
    expect(requiredVersions(ours.goMod)).toEqual(requiredVersions(written.goMod));
  },
  120_000,
);

test.each(malformed)(
  'both refuse %s, and neither writes',
  async (name) => {
    const { goMod } = await catalogServer('v3.0.0');
    const real = gomodCap(fixture(name), goMod);
    const ours = await shipped(name, 'v3.0.0', []);
    expect({ status: real.status, goMod: real.goMod }).toEqual({ status: 2, goMod: fixture(name) });
    expect({ code: ours.code, goMod: ours.goMod }).toEqual({ code: 2, goMod: fixture(name) });
    expect(ours.stderr).toMatch(/^error: plugin\.mod:\d+:\d+: /);
  },
  120_000,
);
