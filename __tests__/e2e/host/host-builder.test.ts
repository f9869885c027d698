import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { targetNames, targetOf } from '../../../src/build/target.js';
import { listArgs, parseListing } from '../../../src/plugin/list.js';
import { failureOf } from '../../support/failure.js';
import { buildPlugin } from '../../support/host/build.js';
import { realHostBuilder } from '../../support/host/builder.js';
import { comparePackages } from '../../support/host/hashes.js';
import { catalogManifest, catalogServer } from '../../support/host/server.js';
import { pinnedWorkspace } from '../../support/host/workspace.js';

const minutes = 60_000;

describe('a plugin built on the host has the packages of the real v3.0.0', () => {
  test(
    'with gin and a cgo module of the server, in a cache folder with blanks and letters outside ASCII',
    async () => {
      const server = await catalogServer('v3.0.0');
      const builder = await realHostBuilder({ server });
      const target = targetOf('linux-amd64');
      const workspace = await pinnedWorkspace({ fixture: 'gin-sqlite', server });
      await builder.prepare([target]);

      const file = await buildPlugin({ builder, target, workspace });

      const result = comparePackages(file, await catalogManifest('v3.0.0', 'linux-amd64'));
      expect(result.differing).toEqual([]);
      expect(result.compared).toBeGreaterThan(100);
    },
    20 * minutes,
  );

  test.each(targetNames)(
    '%s',
    async (name) => {
      const server = await catalogServer('v3.0.0');
      const builder = await realHostBuilder({ server });
      const target = targetOf(name);
      const workspace = await pinnedWorkspace({ fixture: 'small', server });
      await builder.prepare([target]);

      const file = await buildPlugin({ builder, target, workspace });

      const result = comparePackages(file, await catalogManifest('v3.0.0', name));
      expect(result.differing).toEqual([]);
      expect(result.compared).toBeGreaterThan(100);
    },
    20 * minutes,
  );

  test(
    'also where the caller has an environment that would change every package',
    async () => {
      const server = await catalogServer('v3.0.0');
      const env = { ...process.env, ...hostile };
      const builder = await realHostBuilder({ server, env });
      const target = targetOf('linux-amd64');
      const workspace = await pinnedWorkspace({ fixture: 'small', server });
      await builder.prepare([target]);

      const file = await buildPlugin({ builder, target, workspace });

      expect(comparePackages(file, await catalogManifest('v3.0.0', 'linux-amd64')).differing).toEqual([]);
    },
    20 * minutes,
  );
});

const hostile = {
  GOFLAGS: '-trimpath -race',
  GOEXPERIMENT: 'arenas',
  GOAMD64: 'v3',
  GOTOOLCHAIN: 'auto',
  GOROOT: '/no/such/root',
  GOWORK: '/no/such/go.work',
  CGO_ENABLED: '0',
  CC: '/no/such/compiler',
  GOOS: 'windows',
  LANG: 'de_DE.UTF-8',
};

test(
  'what a plugin with cgo is made of is listed for every target without a compiler',
  async () => {
    const server = await catalogServer('v3.0.0');
    const bin = await mkdtemp(join(tmpdir(), 'gotify bin '));
    try {
      // sh and timeout start each step.
      for (const program of ['go', 'sh', 'timeout']) {
        const found = execFileSync('sh', ['-c', 'command -v "$0"', program], { encoding: 'utf8' });
        await symlink(await realpath(found.trim()), join(bin, program));
      }
      const builder = await realHostBuilder({ server, env: { ...process.env, PATH: bin } });
      const workspace = await pinnedWorkspace({ fixture: 'gin-sqlite', server });
      const cgo = 'github.com/mattn/go-sqlite3';
      for (const target of targetNames.map(targetOf)) {
        const args = listArgs({ places: builder.places(workspace), package: '.', tags: null });
        const outcome = await builder.run({ target, workspace, phase: 'download', args });
        if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
        expect(parseListing(outcome.stdout).packages.get(cgo)?.usesCgo).toBe(true);
      }
      const compile = {
        target: targetOf('linux-arm64'),
        workspace,
        phase: 'compile',
        args: ['build'],
      } as const;
      expect(await failureOf(builder.run(compile))).toMatchObject({ code: 'missing-compiler' });
    } finally {
      await rm(bin, { recursive: true });
    }
  },
  20 * minutes,
);

describe("the file names in a plugin are those of the server's own build", () => {
  // v2.3.0 is of a Go before 1.20, which had another way to write them, and no manifest of it is at hand.
  test.each(['v2.3.0', 'v3.0.0'])(
    'for gotify %s',
    async (tag) => {
      const server = await catalogServer(tag);
      const builder = await realHostBuilder({ server });
      const target = targetOf('linux-amd64');
      const workspace = await pinnedWorkspace({ fixture: 'gin-sqlite', server });
      await builder.prepare([target]);

      const bytes = await readFile(await buildPlugin({ builder, target, workspace }));

      expect(bytes.includes('/go/pkg/mod/github.com/gin-gonic/gin@')).toBe(true);
      expect(bytes.includes('/go/pkg/mod/github.com/mattn/go-sqlite3@')).toBe(true);
      expect(bytes.includes(builder.modCache(target))).toBe(false);
    },
    20 * minutes,
  );
});
