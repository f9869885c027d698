import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseModFile } from '../../../src/go/modfile.js';
import { capText } from '../../../src/pin/cap.js';
import { corpusText } from '../../support/gomod.js';
import { goOutput, writeFiles } from '../../support/host/go-project.js';
import { catalogServer } from '../../support/host/server.js';

const dir = mkdtempSync(join(tmpdir(), 'gomod-cap-'));
const program = join(dir, 'gomod-cap');
afterAll(() => {
  rmSync(dir, { recursive: true });
});

beforeAll(() => {
  writeFiles(dir, { 'go.mod': 'module oracle\n\ngo 1.20\n\nrequire github.com/gotify/plugin-api v1.0.0\n' });
  goOutput(dir, 'local', ['build', '-mod=mod', '-o', program, 'github.com/gotify/plugin-api/cmd/gomod-cap']);
}, 120_000);

/** `go mod edit` leaves one line a module, and sorts them. */
function requiredVersions(text: string): Map<string, string> {
  return new Map(parseModFile(text, 'go.mod').requires.map(({ path, version }) => [path, version]));
}

test.each([
  ['template.mod', 'v3.0.0'],
  ['minimal.mod', 'v3.0.0'],
  ['old-without-indirect.mod', 'v2.3.0'],
  ['newer-than-server.mod', 'v3.0.0'],
  ['newer-than-server.mod', 'v2.3.0'],
  ['replace-of-server-modules.mod', 'v2.9.1'],
  ['incompatible.mod', 'v2.3.0'],
  ['comments-everywhere.mod', 'v2.6.3'],
  ['server-v2.9.1.mod', 'v3.0.0'],
])(
  'the rule gomod-cap does to %s what gomod-cap does, for %s',
  async (name, tag) => {
    const server = await catalogServer(tag);
    const [from, to] = [join(dir, 'from.mod'), join(dir, 'to.mod')];
    writeFileSync(from, server.goMod);
    writeFileSync(to, corpusText(name));
    const { status } = spawnSync(program, ['-from', from, '-to', to]);
    expect(status).toBe(0);
    const capped = capText({ goMod: corpusText(name), file: 'go.mod', server });
    expect(requiredVersions(capped.text)).toEqual(requiredVersions(readFileSync(to, 'utf8')));
    const before = requiredVersions(corpusText(name));
    const differing = [...requiredVersions(capped.text)].filter(
      ([path, version]) => before.get(path) !== version,
    );
    expect(capped.changes.map(({ module }) => module).sort()).toEqual(differing.map(([path]) => path).sort());
  },
  120_000,
);
