import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { targetOf } from '../../../src/build/target.js';
import { buildPlugin } from '../../support/host/build.js';
import { realHostBuilder } from '../../support/host/builder.js';
import { buildShipped } from '../../support/host/shipped-build.js';
import { catalogServer } from '../../support/host/server.js';
import { pinnedWorkspace } from '../../support/host/workspace.js';

// The host builder's, but among these: only root can mount a disk that is too small.
let disk = '';
beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'small disk '));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'small', disk]);
});
afterEach(async () => {
  execFileSync('umount', [disk]);
  await rm(disk, { recursive: true });
});

test('a disk that is full is no fault of the plugin', async () => {
  const server = await catalogServer('v3.0.0');
  const target = targetOf('linux-amd64');
  const builder = await realHostBuilder({ server, runDir: disk });
  const workspace = await pinnedWorkspace({ fixture: 'small', server });
  await builder.prepare([target]);

  await expect(buildPlugin({ builder, target, workspace })).rejects.toMatchObject({
    kind: 'surroundings',
    code: 'disk-full',
    remedy: expect.stringContaining('cache-dir'),
  });
});

test('nor is a cache folder that is: the run ends with the surroundings', async () => {
  const plugin = fileURLToPath(new URL('../../fixtures/plugins/minimal', import.meta.url));
  const output = await mkdtemp(join(tmpdir(), 'small disk output '));
  try {
    const { code, report } = await buildShipped({ plugin, server: 'v3.0.0', output, cacheDir: disk });
    const remedy = expect.stringContaining('cache-dir');
    const failure = { kind: 'surroundings', code: 'disk-full', remedy, where: null };
    // Where the machine's go has the toolchain already, it is only the target that finds no space.
    const ofTarget = expect.objectContaining({
      groups: [
        expect.objectContaining({
          targets: [expect.objectContaining({ failure: expect.objectContaining(failure) })],
        }),
      ],
    });
    const ofRun = expect.objectContaining({ failure: expect.objectContaining(failure) });
    expect([ofRun, ofTarget].some((each) => each.asymmetricMatch(report))).toBe(true);
    expect(report).toMatchObject({ exitCode: 3 });
    expect(code).toBe(3);
  } finally {
    execFileSync('chmod', ['-R', 'u+w', disk]);
    await rm(output, { recursive: true });
  }
});
