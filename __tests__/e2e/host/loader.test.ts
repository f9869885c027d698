import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
  readonly modulePath?: string;
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
    const { goVersion = server.goVersion, spoil } = plugin;
    const builder = await realHostBuilder({ server: { ...server, goVersion } });
    const workspace: Workspace = await pinnedWorkspace({ ...plugin, server });
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
    ['a module called main', { fixture: 'small', modulePath: 'main' }, 'main-path'],
    [
      "a module called as one of the server's packages",
      { fixture: 'small', modulePath: 'github.com/mattn/go-sqlite3' },
      'main-path',
    ],
  ] as [string, Plugin, string][])('%s is refused', async (_, plugin, reason) => {
    const { verdict, loading } = await judge(plugin);

    expect(verdict.kind === 'rejected' ? verdict.reasons[0]?.kind : verdict).toBe(reason);
    expect(loading.loads).toBe(false);
    expect(loading.error).toMatch(refusals);
  });

  test('what is linked to musl is refused: glibc finds no such library', async () => {
    const musl = await muslLibrary();
    const { verdict, loading } = await judge({
      fixture: 'small',
      spoil: (args) => args.map((arg) => (arg.startsWith('-ldflags=') ? `${arg} ${musl.ldflags}` : arg)),
    });

    expect(verdict).toMatchObject({ kind: 'rejected', reasons: [{ kind: 'library', library: musl.name }] });
    expect(loading).toEqual({ loads: false, error: expect.stringContaining(musl.name) });
  });
});

/** A library that calls itself what musl's does on Alpine, and the linker flags that make a plugin need it. */
async function muslLibrary(): Promise<{ readonly name: string; readonly ldflags: string }> {
  const name = 'libc.musl-x86_64.so.1';
  const dir = await mkdtemp(join(tmpdir(), 'musl-'));
  made.push(dir);
  await writeFile(join(dir, 'empty.c'), '');
  const gcc = ['-shared', `-Wl,-soname,${name}`, '-o', join(dir, 'libmusl.so'), join(dir, 'empty.c')];
  await promisify(execFile)('gcc', gcc);
  return { name, ldflags: `"-extldflags=-Wl,--no-as-needed -L${dir} -lmusl"` };
}

const made: string[] = [];
afterAll(async () => {
  for (const dir of made) await rm(dir, { recursive: true });
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
