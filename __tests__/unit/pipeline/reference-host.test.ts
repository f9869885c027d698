import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Builder, GoOutcome, GoStep } from '../../../src/build/builder.js';
import { targetOf } from '../../../src/build/target.js';
import { judgeFile } from '../../../src/pipeline/prove.js';
import { buildReferenceHost } from '../../../src/pipeline/reference-host.js';
import { readPluginAbi } from '../../../src/verify/plugin-abi.js';
import type { Reach } from '../../../src/verify/reference-host.js';
import { orReferenceHost, type ReferenceHostResult } from '../../../src/verify/sources.js';
import { bytesSource } from '../../support/elf.js';
import { goElf } from '../../support/go-elf.js';
import { catalogServer } from '../../support/host/server.js';
import { createRecorder } from '../../support/recorder.js';
import { noBuilder, targetContext } from '../../support/target-context.js';

// A builder that answers in place of Go, as what matters here is what it is asked; e2e/host has the real one.

const target = targetOf('linux-amd64');
const hashes = new Map([
  ['runtime', '0011223344556677'],
  ['a.example/x', '1111111111111111'],
]);

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'reference host '));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** `complete`: what Go has of the packages that it is asked about; `error`: what it says of the others. */
function standInBuilder(
  complete: readonly string[],
  doubt: string | null,
  error: (path: string) => string = (path) =>
    `cannot find module providing package ${path}: import lookup disabled by -mod=readonly`,
): Builder & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = ({ args, workspace }: GoStep): string => {
    if (args[0] === 'build') {
      const packages = new Map([...hashes, ['main', 'ff']]);
      const host = { target: target.name, goVersion: '1.26.0', main: 'main', packages, functions: [] };
      writeFileSync(join(workspace.out, 'reference-host'), goElf(host));
    }
    if (!args.includes('-e')) return '';
    const lacks = (path: string) => ({
      Incomplete: true,
      Error: { ImportStack: [], Pos: '', Err: error(path) },
    });
    const answers = args
      .slice(args.findIndex((arg) => arg.startsWith('-json')) + 1)
      .map((path) => ({ ImportPath: path, ...(complete.includes(path) ? {} : lacks(path)) }));
    return answers.map((each) => `${JSON.stringify(each, null, '\t')}\n`).join('');
  };
  return {
    ...noBuilder,
    asked,
    doubt: () => doubt,
    modCache: () => join(dir, 'cache', 'mod'),
    run: (step): Promise<GoOutcome> => {
      asked.push(`${step.phase} ${step.args.join(' ')}`);
      return Promise.resolve({ kind: 'ok', stdout: answer(step), stderr: '', seconds: 1 });
    },
  };
}

async function build(builder: Builder, reach: Reach): Promise<ReferenceHostResult> {
  const task = createRecorder().task('linux-amd64');
  return buildReferenceHost({ target, task, reach }, await targetContext(builder, dir));
}

const open = ['a.example/x', 'a.example/x/internal/y', 'a.example/x/new'];

describe('packages that the plugin lists otherwise than the server would', () => {
  test('are asked for at the versions of the server, which adds no module for them', async () => {
    const builder = standInBuilder(['a.example/x', 'a.example/x/internal/y'], null);
    const host = await build(builder, { sure: ['fmt'], open, own: [] });

    expect(builder.asked[0]).toMatch(
      /^download list -e -mod=readonly -modfile=\S.* a\.example\/x a\.example\/x\/internal\/y a\.example\/x\/new$/,
    );
    expect(builder.asked.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'download list',
      'download list',
      'compile build',
    ]);
    expect(host).toMatchObject({ kind: 'built', lacking: ['a.example/x/internal/y'], doubt: null });
  });

  test('are no packages that the server lacks, where they could not be fetched: nothing is kept of it', async () => {
    const refused = (path: string): string =>
      `a.example/x@v1.0.0: Get "http://127.0.0.1:9/${path}.zip": dial tcp 127.0.0.1:9: connect: connection refused`;
    const reach = { sure: ['fmt'], open, own: [] };
    await expect(build(standInBuilder(['a.example/x'], null, refused), reach)).rejects.toMatchObject({
      kind: 'surroundings',
      code: 'module-download',
    });
    await expect(
      build(
        standInBuilder([], null, () => 'module lookup disabled by GOPROXY=off'),
        reach,
      ),
    ).rejects.toMatchObject({ code: 'modules-not-downloaded' });
    expect(
      await build(
        standInBuilder([], null, () => 'import cycle not allowed'),
        reach,
      ),
    ).toMatchObject({ kind: 'unavailable', because: expect.stringContaining('import cycle not allowed') });

    const later = standInBuilder(['a.example/x'], null);
    expect(await build(later, reach)).toMatchObject({ kind: 'built', seconds: 1 });
    expect(later.asked).toHaveLength(3);
  });

  test("are lacking where they are below the server's own module, which is never asked about", async () => {
    const own = ['github.com/gotify/server/v2/plugin/compat'];
    const builder = standInBuilder([], null);
    expect(await build(builder, { sure: ['fmt'], open: [], own })).toMatchObject({
      lacking: own,
      seconds: 1,
    });
    expect(builder.asked.join('\n')).not.toContain(own[0]);
    expect(await build(builder, { sure: ['fmt'], open: [], own: [] })).toMatchObject({
      lacking: [],
      seconds: 1,
    });
    expect(await build(builder, { sure: ['fmt'], open: [], own })).toMatchObject({
      lacking: own,
      seconds: null,
    });
  });

  test('are not asked for where there are none, and a host is built once', async () => {
    const builder = standInBuilder([], null);
    await build(builder, { sure: ['fmt'], open: [], own: [] });
    expect(builder.asked).toHaveLength(2);
    expect(await build(builder, { sure: ['fmt'], open: [], own: [] })).toMatchObject({
      lacking: [],
      seconds: null,
    });
    expect(builder.asked).toHaveLength(2);
    await build(builder, { sure: ['fmt'], open, own: [] });
    expect(builder.asked).toHaveLength(5);
  });

  test('leave a file undecided that would load, where the host cannot import one of them', async () => {
    const server = await catalogServer('v3.0.0');
    const host = await build(standInBuilder(open, null), { sure: [], open, own: [] });
    const found = await orReferenceHost({ kind: 'lacking', notes: [] }, server.version, () =>
      Promise.resolve(host),
    );
    const file = goElf({
      ...{ target: target.name, goVersion: '1.26.0', main: 'example.com/p' },
      packages: new Map([...hashes, ['example.com/p', 'ff']]),
      functions: ['GetGotifyPluginInfo', 'NewGotifyPluginInstance', 'main'],
    });
    const judge = (gap: string | null) =>
      judgeFile(
        readPluginAbi(bytesSource(file)),
        { ...found, ...(found.kind === 'found' ? { gap } : {}) },
        { server, target },
      );
    expect(judge(null).verdict).toMatchObject({ kind: 'loads', compared: 2 });
    expect(found).toMatchObject({ gap: expect.stringContaining('a.example/x/internal/y (and 1 more)') });
    expect(judge('who knows').verdict).toMatchObject({ kind: 'undecided', because: 'who knows' });
  });
});

test('what agrees with a host of a builder that cannot vouch for it is undecided, also where an earlier run built it', async () => {
  const server = await catalogServer('v3.0.0');
  const file = goElf({
    ...{ target: target.name, goVersion: '1.26.0', main: 'example.com/p' },
    packages: new Map([...hashes, ['example.com/p', 'ff']]),
    functions: ['GetGotifyPluginInfo', 'NewGotifyPluginInstance', 'main'],
  });
  for (const [doubt, verdict] of [
    ['an installed Go', { kind: 'undecided', because: 'an installed Go' }],
    ['an installed Go', { kind: 'undecided', because: 'an installed Go' }],
    [null, { kind: 'loads' }],
  ] as const) {
    const host = await build(standInBuilder([], doubt), { sure: ['fmt'], open: [], own: [] });
    const found = await orReferenceHost({ kind: 'lacking', notes: [] }, server.version, () =>
      Promise.resolve(host),
    );
    expect(judgeFile(readPluginAbi(bytesSource(file)), found, { server, target })).toMatchObject({ verdict });
  }
});
