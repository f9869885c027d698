import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { serverFromBinary } from '../../../src/gotify/binary.js';
import { parseServers } from '../../../src/gotify/specifier.js';
import { failureOf } from '../../support/failure.js';
import { catalogServer } from '../../support/host/server.js';

const run = promisify(execFile);
const commit = '497f9459d2bc54b432131444f4c56dd3e1d609fa';
const main = `package main

import "golang.org/x/crypto/bcrypt"

var Version, Commit string

func main() { println(Version, Commit, bcrypt.DefaultCost) }
`;

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'server binary '));
  const server = await catalogServer('v3.0.0');
  await writeFile(join(dir, 'go.mod'), server.goMod);
  await writeFile(join(dir, 'go.sum'), server.goSum);
  await writeFile(join(dir, 'app.go'), main);
  // The flags of the server's Makefile, which also strip the file.
  const ldflags = `-w -s -X main.Version=3.0.0 -X main.BuildDate=2026-07-18 -X main.Commit=${commit} -X main.Mode=prod`;
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOTOOLCHAIN: 'go1.26.0' };
  await run('go', ['build', '-mod=mod', '-ldflags', ldflags, '-o', 'gotify', '.'], { cwd: dir, env });
}, 180_000);

afterAll(() => rm(dir, { recursive: true }));

describe('a gotify binary that real Go built', () => {
  test('names Go, version, commit, and the modules linked in with their sums', async () => {
    const [specifier] = parseServers('./gotify', dir);
    if (specifier?.kind !== 'binary') throw new Error('no binary');
    const build = serverFromBinary(specifier.path, openBytes);
    const release = await catalogServer('v3.0.0');
    expect(build).toMatchObject({ version: 'v3.0.0', tag: null, commit, goVersion: '1.26.0' });
    expect(build.pinList.source).toBe('binary');
    expect(build.buildList.map(({ path }) => path)).toContain('golang.org/x/crypto');
    // Fewer than in go.mod: what is not linked in does not count.
    expect(build.buildList.length).toBeLessThan(release.buildList.length);
    for (const module of build.buildList) expect(release.buildList).toContainEqual(module);
  });

  test('gives a go.mod and a go.sum that Go takes', async () => {
    const build = serverFromBinary(join(dir, 'gotify'), openBytes);
    const pinned = await mkdtemp(join(dir, 'pinned '));
    await writeFile(join(pinned, 'go.mod'), build.goMod);
    await writeFile(join(pinned, 'go.sum'), build.goSum);
    const env = { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'go1.26.0' };
    const { stdout } = await run('go', ['list', '-m', '-mod=mod', 'golang.org/x/crypto'], {
      cwd: pinned,
      env,
    });
    const crypto = build.buildList.find(({ path }) => path === 'golang.org/x/crypto');
    expect(stdout).toBe(`golang.org/x/crypto ${crypto?.version ?? ''}\n`);
  });

  test('another Go program is no gotify', async () => {
    const { stdout } = await run('go', ['env', 'GOROOT']);
    const path = join(stdout.trim(), 'bin', 'gofmt');
    const failure = await failureOf(Promise.resolve().then(() => serverFromBinary(path, openBytes)));
    expect(failure).toMatchObject({ kind: 'input', code: 'not-gotify', where: { kind: 'file', file: path } });
  });
});
