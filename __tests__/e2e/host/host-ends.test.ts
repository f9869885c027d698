import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import type { Builder, GoOutcome, GoStep, Workspace } from '../../../src/build/builder.js';
import { cachePaths, pinListKey } from '../../../src/build/cache.js';
import { parseBuildFlags } from '../../../src/build/flags.js';
import { goBuildArgs } from '../../../src/build/go-args.js';
import { targetOf } from '../../../src/build/target.js';
import { realHostBuilder } from '../../support/host/builder.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { isCompiler, killNow, processesNaming, until } from '../../support/host/processes.js';
import { catalogServer } from '../../support/host/server.js';
import { pinnedWorkspace } from '../../support/host/workspace.js';

const target = targetOf('linux-amd64');

/** How a step ends that does not end well. Each has a build cache of its own, so that there is something to compile. */
describe('a compile step', () => {
  let temporary = '';
  let buildCache = '';
  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'host ends '));
  });
  afterEach(async () => {
    await rm(temporary, { recursive: true });
    await rm(buildCache, { recursive: true, force: true });
  });

  /** A builder for v3.0.0 with an empty build cache beside the shared ones. */
  const coldBuilder = async (options: {
    readonly timeoutMinutes?: number;
  }): Promise<{ readonly builder: Builder; readonly workspace: Workspace }> => {
    const server = await catalogServer('v3.0.0');
    const modules = [{ path: 'example.org/cold', version: temporary }];
    const cold = { ...server, pinList: { source: 'go.mod' as const, modules } };
    const cacheDir = await sharedCacheDir();
    const uid = process.getuid?.() ?? 0;
    const { goVersion } = server;
    const key = { cacheDir, builder: 'host' as const, uid, goVersion, target: target.name };
    buildCache = cachePaths({ ...key, pinListKey: pinListKey(modules) }).buildCache;
    const builder = await realHostBuilder({ ...options, server: cold, runDir: temporary });
    await builder.prepare([target]);
    return { builder, workspace: await pinnedWorkspace({ fixture: 'gin-sqlite', server }) };
  };

  const compile = (
    builder: Builder,
    workspace: Workspace,
    onLine?: (line: string) => void,
  ): Promise<GoOutcome> => {
    const places = builder.places(workspace);
    const flags = parseBuildFlags({ ldflags: '', buildFlags: '-v' });
    const args = goBuildArgs({
      places,
      modulePath: 'example.org/plugin',
      package: '.',
      outFile: 'a.so',
      flags,
      overlay: false,
    });
    const step: GoStep = {
      target,
      workspace,
      phase: 'compile',
      args,
      ...(onLine === undefined ? {} : { onLine }),
    };
    return builder.run(step);
  };

  const download = async (builder: Builder, workspace: Workspace): Promise<void> => {
    const args = ['list', '-mod=mod', `-modfile=${workspace.pin}/go.mod`, '-deps', '.'];
    expect(await builder.run({ target, workspace, phase: 'download', args })).toMatchObject({ kind: 'ok' });
  };

  const expectNothingLeft = async (): Promise<void> => {
    await until(async () => (await processesNaming(temporary)).length === 0);
    expect(await readdir(temporary)).toEqual([]);
  };

  test('that takes too long is ended, with its compilers and temporary files', async () => {
    const { builder, workspace } = await coldBuilder({});
    await download(builder, workspace);
    const hasty = await coldBuilder({ timeoutMinutes: 0.05 });

    expect(await compile(hasty.builder, workspace)).toEqual({ kind: 'timed-out', minutes: 0.05 });

    await expectNothingLeft();
  });

  test('that is stopped half way ends within five seconds, with its compilers and temporary files', async () => {
    const { builder, workspace } = await coldBuilder({});
    await download(builder, workspace);
    const lines: string[] = [];
    const ended = compile(builder, workspace, (line) => lines.push(line)).catch((error: unknown) => error);
    await until(async () => (await processesNaming(temporary)).some(({ line }) => isCompiler(line)));

    const begin = performance.now();
    await builder.close();

    expect(performance.now() - begin).toBeLessThan(5000);
    expect(await ended).toMatchObject({ kind: 'surroundings', code: 'stopped' });
    expect(lines).toContain('internal/goarch');
    await expectNothingLeft();
    await expect(compile(builder, workspace)).rejects.toMatchObject({ code: 'stopped' });
  });

  test('whose compiler is killed says that the memory ran out', async () => {
    const { builder, workspace } = await coldBuilder({});
    await download(builder, workspace);
    let isOver = false;
    const ended = compile(builder, workspace)
      .catch((error: unknown) => error)
      .finally(() => (isOver = true));

    // As the kernel does where memory runs out. One that is found may end by itself before it is killed: then the next.
    await until(async () => {
      const compilers = (await processesNaming(temporary)).filter(({ line }) => isCompiler(line));
      for (const { id } of compilers) killNow(id);
      return isOver;
    });

    expect(await ended).toMatchObject({ kind: 'surroundings', code: 'out-of-memory' });
    await expectNothingLeft();
  });

  test('cannot fetch a module', async () => {
    const { builder, workspace } = await coldBuilder({});
    const goMod = join(workspace.pin, 'go.mod');
    await writeFile(
      goMod,
      `${await readFile(goMod, 'utf8')}\nreplace github.com/gin-contrib/sse => example.org/sse v1.0.0\n`,
    );

    const outcome = await compile(builder, workspace);

    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 1 });
    expect(outcome.kind === 'failed' ? outcome.stderr : '').toContain('GOPROXY=off');
  });
});
