import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { createFiles } from '../../../src/adapters/files.js';
import { targetOf, type TargetName } from '../../../src/build/target.js';
import { fileDigest } from '../../../src/pipeline/file-digest.js';
import { placeFile, removeEarlier, type Placed } from '../../../src/pipeline/place.js';
import type { Files } from '../../../src/ports.js';
import type { Verdict } from '../../../src/verify/verdict.js';
import { loads, rejected } from '../../support/report.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'place '));
  mkdirSync(join(dir, 'built'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

const at = (...parts: string[]): string => join(dir, ...parts);
const contextOf = (files: Files = createFiles()): Parameters<typeof removeEarlier>[1] => ({
  options: { name: null, output: at('out') },
  project: { name: 'echo' },
  server: { version: 'v3.0.0' },
  ports: { files, openBytes },
});

async function place(name: TargetName, verdict: Verdict, files?: Files): Promise<Placed> {
  writeFileSync(at('built', name), `the plugin for ${name}`, { mode: 0o755 });
  return placeFile({ target: targetOf(name), path: at('built', name), verdict }, contextOf(files));
}

describe('a finished file', () => {
  test('that loads goes to the output folder, with a mode of ours', async () => {
    const placed = await place('linux-amd64', loads);
    const file = at('out', 'echo-linux-amd64-for-gotify-v3.0.0.so');
    const sha256 = createHash('sha256').update('the plugin for linux-amd64').digest('hex');
    expect(placed).toEqual({ file, size: 26, sha256 });
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  test('that does not goes to rejected/, with its verdict', async () => {
    await place('linux-386', rejected);
    const names = ['echo-linux-386-for-gotify-v3.0.0.so', 'echo-linux-386-for-gotify-v3.0.0.so.verdict.json'];
    expect(readdirSync(at('out', 'rejected'))).toEqual(names);
    const said: unknown = JSON.parse(readFileSync(at('out', 'rejected', names[1] ?? ''), 'utf8'));
    expect(said).toMatchObject({ kind: 'rejected' });
  });
});

describe('what an earlier run left', () => {
  test('is removed, and rejected/ with its last file', async () => {
    await place('linux-386', rejected);
    await place('linux-amd64', loads);
    await removeEarlier(targetOf('linux-386'), contextOf());
    expect(readdirSync(at('out'))).toEqual(['echo-linux-amd64-for-gotify-v3.0.0.so']);
  });

  test('never takes the file of a target that ends at the same moment', async () => {
    for (let round = 0; round < 100; round += 1) {
      const [placed] = await Promise.all([
        place('linux-386', rejected),
        removeEarlier(targetOf('linux-arm64'), contextOf()),
        removeEarlier(targetOf('linux-riscv64'), contextOf()),
      ]);
      expect(readdirSync(at('out', 'rejected'))).toHaveLength(2);
      expect(statSync(placed.file).size).toBe(24);
      await removeEarlier(targetOf('linux-386'), contextOf());
    }
  });

  test('nor does a folder that vanishes before its first file lose it', async () => {
    const files = createFiles();
    let vanished = 0;
    const placed = await place('linux-386', rejected, {
      ...files,
      makeDir: async (path) => {
        await files.makeDir(path);
        vanished += 1;
        if (vanished === 1) await files.removeEmpty(path);
      },
    });
    expect(statSync(placed.file).size).toBe(24);
  });
});

test.each(['ENOSPC', 'EACCES'])('a disk that says %s is not asked again', async (code) => {
  const asked: string[] = [];
  const files: Files = {
    ...createFiles(),
    move: (from) => {
      asked.push(from);
      return Promise.reject(Object.assign(new Error(code), { code }));
    },
  };
  await expect(place('linux-386', loads, files)).rejects.toMatchObject({ code });
  expect(asked).toHaveLength(1);
});

test('a large file is hashed without being held in memory', () => {
  const part = Buffer.alloc(8 * 2 ** 20, 'x');
  const file = at('large');
  const expected = createHash('sha256');
  for (let n = 0; n < 16; n += 1) {
    writeFileSync(file, part, { flag: 'a' });
    expected.update(part);
  }
  let largest = 0;
  const measured = (path: string): ReturnType<typeof openBytes> => {
    const source = openBytes(path);
    return {
      ...source,
      readInto: (offset, into) => {
        largest = Math.max(largest, into.length);
        return source.readInto(offset, into);
      },
    };
  };
  expect(fileDigest(file, { openBytes: measured })).toEqual({
    size: 16 * part.length,
    sha256: expected.digest('hex'),
  });
  expect(largest).toBe(2 ** 20);
  writeFileSync(file, '');
  expect(fileDigest(file, { openBytes }).size).toBe(0);
});
