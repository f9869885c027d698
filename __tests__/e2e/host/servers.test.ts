import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { leastCompared } from '../../support/compared.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { buildShipped } from '../../support/host/shipped-build.js';
import { compareWithServer, forgetReferenceHosts } from '../../support/reference-hosts.js';
import { repository, shippedWithoutManifests } from '../../support/shipped.js';

// The shipped command line, the host builder and the real Go: no Docker, no GitHub.

const scratch = mkdtempSync(join(tmpdir(), 'gotify-servers-'));
const bare = shippedWithoutManifests();
afterAll(() => {
  for (const dir of [scratch, bare]) rmSync(dir, { recursive: true, force: true });
});

const plugins = { minimal: 'minimal', older: 'older-go-line', newer: 'newer-go-line' } as const;
let count = 0;

interface BuildRequest {
  readonly server: string;
  readonly plugin: string;
  readonly targets?: string;
  /** What is shipped: the repository, or a copy of it. */
  readonly shipped?: string;
}

async function build({ server, plugin, targets = 'native', shipped = repository }: BuildRequest) {
  count += 1;
  const output = join(scratch, String(count));
  return { ...(await buildShipped({ server, plugin, targets, output, shipped })), output };
}

function fixture(name: string): string {
  return join(repository, '__tests__/fixtures/plugins', name);
}

const loads = { kind: 'loads' };

describe.each(['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0'])('for gotify %s', (server) => {
  test.each(Object.entries(plugins))(
    'a plugin with a go.mod that is %s builds and loads',
    async (_, folder) => {
      const { code, report, output } = await build({ server, plugin: fixture(folder) });

      expect(report).toMatchObject({
        exitCode: 0,
        compatible: true,
        servers: [{ version: server, source: { kind: 'catalog' } }],
        builds: { done: 1, groups: 1, targets: 1 },
        groups: [
          {
            servers: [server],
            targets: [
              { kind: 'built', verdicts: [{ server, verdict: loads, comparedWith: { kind: 'catalog' } }] },
            ],
          },
        ],
      });
      expect(leastCompared(report)).toBeGreaterThan(100);
      expect(code).toBe(0);
      expect(readdirSync(output).filter((name) => name.endsWith(`-for-gotify-${server}.so`))).toHaveLength(1);
    },
  );

  test('a reference host has the packages of the real server', async () => {
    const cacheDir = await sharedCacheDir();
    forgetReferenceHosts(cacheDir);
    const { report } = await build({ server, plugin: fixture('minimal'), shipped: bare });

    expect(report).toMatchObject({
      exitCode: 0,
      groups: [
        {
          targets: [
            {
              verdicts: [{ verdict: loads, comparedWith: { kind: 'reference-host' } }],
              referenceHostSeconds: expect.any(Number),
            },
          ],
        },
      ],
    });
    expect(leastCompared(report)).toBeGreaterThan(100);
    const { hosts, common, differing } = await compareWithServer(cacheDir, server);
    expect(hosts).toBe(1);
    expect(common).toBeGreaterThan(100);
    expect(differing).toEqual([]);
  });
});

describe.each(['v2.3.0', 'v2.5.0'])('for gotify %s, which has no manifest in the catalog', (server) => {
  test('a plugin builds and is proven against a reference host', async () => {
    const { code, report } = await build({ server, plugin: fixture('minimal') });

    expect(report).toMatchObject({
      compatible: true,
      servers: [{ version: server }],
      groups: [{ targets: [{ verdicts: [{ verdict: loads, comparedWith: { kind: 'reference-host' } }] }] }],
    });
    expect(leastCompared(report)).toBeGreaterThan(100);
    expect(code).toBe(0);
  });
});

describe('the example', () => {
  test('builds for all five targets of v3.0.0, and each loads', async () => {
    const plugin = join(scratch, 'example with blanks');
    await cp(join(repository, 'examples/webhook'), plugin, { recursive: true });
    const { code, report, output } = await build({ server: 'v3.0.0', plugin, targets: 'all' });

    const target = (name: string) => ({
      kind: 'built',
      target: name,
      file: `webhook-${name}-for-gotify-v3.0.0.so`,
      verdicts: [{ verdict: loads }],
    });
    const names = ['linux-amd64', 'linux-arm64', 'linux-arm-7', 'linux-386', 'linux-riscv64'];
    expect(report).toMatchObject({ compatible: true, groups: [{ targets: names.map(target) }] });
    expect(leastCompared(report)).toBeGreaterThan(100);
    expect(code).toBe(0);
    expect(readdirSync(output)).toEqual(
      [...names.map((name) => `webhook-${name}-for-gotify-v3.0.0.so`), 'report.json'].sort(),
    );
    for (const name of readdirSync(join(repository, 'examples/webhook'))) {
      const [shipped, built] = [join(repository, 'examples/webhook', name), join(plugin, name)];
      expect(readFileSync(built)).toEqual(readFileSync(shipped));
    }
  });
});
