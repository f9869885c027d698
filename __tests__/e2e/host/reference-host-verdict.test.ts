import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { buildShipped } from '../../support/host/shipped-build.js';
import { forgetReferenceHosts, keptReferenceHosts } from '../../support/reference-hosts.js';
import { repository, shippedWithoutManifests } from '../../support/shipped.js';

// The shipped command line with nothing but a reference host to prove against, and plugins that are not pinned to the
// server: which packages the host has must not depend on what the plugin's versions are made of.

const scratch = mkdtempSync(join(tmpdir(), 'gotify-verdicts-'));
const bare = shippedWithoutManifests();
afterAll(() => {
  for (const dir of [scratch, bare]) rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => forgetReferenceHosts(await sharedCacheDir()));

let count = 0;
async function build(folder: string, args: readonly string[]) {
  count += 1;
  const plugin = join(repository, '__tests__/fixtures/plugins', folder);
  const output = join(scratch, String(count));
  const built = await buildShipped({ plugin, server: 'v2.6.3', output, args, shipped: bare });
  const [host, ...others] = keptReferenceHosts(built.cacheDir);
  expect(others).toEqual([]);
  return { ...built, host };
}

const compared = ['github.com/gin-gonic/gin', 'github.com/gotify/plugin-api', 'runtime'];

test('keep: gin at a version that is made of more modules is compared, and rejected', async () => {
  const { code, report, host } = await build('pinned-module-conflict', ['--dependencies', 'keep']);

  expect([...(host?.packages.keys() ?? [])]).toEqual(expect.arrayContaining(compared));
  expect(report).toMatchObject({
    compatible: false,
    groups: [
      {
        targets: [
          {
            file: expect.stringContaining('rejected/'),
            verdicts: [
              {
                comparedWith: { kind: 'reference-host' },
                verdict: {
                  kind: 'rejected',
                  reasons: expect.arrayContaining([
                    expect.objectContaining({
                      kind: 'dependency',
                      module: 'github.com/gin-gonic/gin',
                      plugin: 'v1.11.0',
                      server: 'v1.10.0',
                    }),
                  ]),
                },
              },
            ],
          },
        ],
      },
    ],
  });
  expect(code).toBe(1);
});

test.each([
  ['pin', ['--build-flags', '-tags=mine\n-gcflags=-N', '--ldflags', '-X main.x=y'], 'loads', 0],
  // Its go.mod does not name gin, so that gomod-cap's rule leaves it as it is.
  ['cap', ['--dependencies', 'cap', '--build-flags', '-tags=mine'], 'rejected', 1],
] as const)(
  '%s, with tags and flags of its own: all that it shares is compared',
  async (...[, args, kind, exitCode]) => {
    const { code, report, host } = await build('minimal', args);

    expect([...(host?.packages.keys() ?? [])]).toEqual(expect.arrayContaining(compared));
    expect(report).toMatchObject({
      groups: [
        {
          targets: [
            {
              verdicts: [
                {
                  comparedWith: { kind: 'reference-host' },
                  verdict: {
                    kind,
                    notes: expect.arrayContaining([expect.stringContaining('the libraries needed')]),
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(code).toBe(exitCode);
  },
);
