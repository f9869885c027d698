import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { readGoSettings } from '../../../src/build/go-settings.js';

// What Go writes: `go env -w GOPROXY=... GOEXPERIMENT=jsonv2`.
const text = [
  '# a comment',
  'GOAUTH=git /home/u',
  'GOEXPERIMENT=jsonv2',
  'GOFLAGS=-trimpath',
  'GOMODCACHE=/data/mod',
  'GOPROXY=https://proxy.example,direct',
  'GOVCS=github.com:git,*:off',
  'CC=/evil/cc',
  'no equals sign',
  '',
].join('\n');
const settings = {
  GOAUTH: 'git /home/u',
  GOMODCACHE: '/data/mod',
  GOPROXY: 'https://proxy.example,direct',
  GOVCS: 'github.com:git,*:off',
};

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'go settings '));
});
afterEach(() => rm(dir, { recursive: true }));

const files = createFiles();
const put = async (path: string): Promise<void> => {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
};

describe("the user's settings of go are read as Go reads them, and only those about downloads", () => {
  test('from the folder of settings in the home', async () => {
    await put('.config/go/env');
    expect(await readGoSettings({ HOME: dir, GOENV: '' }, files)).toEqual(settings);
  });

  test('from XDG_CONFIG_HOME before it', async () => {
    await put('config/go/env');
    const env = { HOME: dir, XDG_CONFIG_HOME: join(dir, 'config') };
    expect(await readGoSettings(env, files)).toEqual(settings);
    expect(await readGoSettings({ ...env, XDG_CONFIG_HOME: 'config' }, files)).toEqual({});
  });

  test('from the file that GOENV names, and from none where it is off', async () => {
    await put('.config/go/env');
    await put('mine');
    expect(await readGoSettings({ GOENV: join(dir, 'mine') }, files)).toEqual(settings);
    expect(await readGoSettings({ HOME: dir, GOENV: 'off' }, files)).toEqual({});
  });

  test.each([{}, { HOME: '/no/such/home' }, { GOENV: '/no/such/file' }])('none: %j', async (env) => {
    expect(await readGoSettings(env, files)).toEqual({});
  });
});
