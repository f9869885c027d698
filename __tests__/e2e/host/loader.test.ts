import { beforeAll, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import type { Workspace } from '../../../src/build/builder.js';
import { targetOf } from '../../../src/build/target.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import { compare } from '../../../src/verify/compare.js';
import { readPluginAbi } from '../../../src/verify/plugin-abi.js';
import type { Verdict } from '../../../src/verify/verdict.js';
import { buildPlugin } from '../../support/host/build.js';
import { realHostBuilder } from '../../support/host/builder.js';
import { buildLoader, type Loading } from '../../support/host/loader.js';
import { catalogManifest, catalogServer } from '../../support/host/server.js';
import { pinnedWorkspace } from '../../support/host/workspace.js';

const target = targetOf('linux-amd64');
const tag = 'v3.0.0';
/** Go's two ways to refuse a plugin: the second is for one of another Go line, and ends the program. */
const refusals =
  /plugin was built with a different version of package|^fatal error: runtime: no plugin module data/;

interface Plugin {
  readonly fixture: 'small' | 'gin-sqlite';
  readonly goVersion?: string;
  readonly goModLines?: readonly string[];
  readonly spoil?: (args: readonly string[]) => readonly string[];
}

describe("the verdict says what Go's own loader does", () => {
  let server: ServerBuild;
  let load: (file: string) => Promise<Loading>;
  beforeAll(async () => {
    server = await catalogServer(tag);
    load = await buildLoader(server);
  });

  /** The verdict on the file, and what the loader does with it. */
  const judge = async (plugin: Plugin): Promise<{ readonly verdict: Verdict; readonly loading: Loading }> => {
    const { fixture, goVersion = server.goVersion, goModLines = [], spoil } = plugin;
    const builder = await realHostBuilder({ server: { ...server, goVersion } });
    const workspace: Workspace = await pinnedWorkspace({ fixture, server, goModLines });
    await builder.prepare([target]);
    const file = await buildPlugin({ builder, target, workspace, ...(spoil === undefined ? {} : { spoil }) });
    return { verdict: await verdictOn(file, server), loading: await load(file) };
  };

  test.each(['small', 'gin-sqlite'] as const)('%s loads', async (fixture) => {
    const { verdict, loading } = await judge({ fixture });

    expect(verdict).toMatchObject({ kind: 'loads' });
    expect(verdict.kind === 'loads' && verdict.compared > 100).toBe(true);
    expect(loading).toEqual({ loads: true, modulePath: `example.org/${fixture}` });
  });

  test.each([
    ['another Go version', { fixture: 'small', goVersion: '1.25.1' }, 'toolchain'],
    [
      'another module version',
      {
        fixture: 'small',
        goModLines: ['replace github.com/gin-contrib/sse => github.com/gin-contrib/sse v1.0.0'],
      },
      'dependency',
    ],
    [
      '-trimpath',
      { fixture: 'small', spoil: ([verb = '', ...rest]) => [verb, '-trimpath', ...rest] },
      'flag',
    ],
    // The last -toolexec counts: `env` starts the compiler as it is.
    [
      'module paths that are not mapped',
      { fixture: 'small', spoil: ([verb = '', ...rest]) => [verb, '-toolexec=env', ...rest] },
      'flag',
    ],
  ] as [string, Plugin, string][])('%s is refused', async (_, plugin, reason) => {
    const { verdict, loading } = await judge(plugin);

    expect(verdict.kind === 'rejected' ? verdict.reasons[0]?.kind : verdict).toBe(reason);
    expect(loading.loads).toBe(false);
    expect(loading.error).toMatch(refusals);
  });
});

async function verdictOn(file: string, server: ServerBuild): Promise<Verdict> {
  const source = openBytes(file);
  try {
    const context = { target: target.name, server: tag, serverModules: server.buildList };
    return compare(readPluginAbi(source), await catalogManifest(tag, target.name), context);
  } finally {
    source.close();
  }
}
