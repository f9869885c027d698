import { describe, expect, test } from '@jest/globals';
import { targetNames, targetOf } from '../../../src/build/target.js';
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
});
