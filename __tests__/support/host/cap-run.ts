import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFiles } from '../../../src/adapters/files.js';
import { parseBuildFlags } from '../../../src/build/flags.js';
import { chooseTargets } from '../../../src/build/choose-targets.js';
import { targetOf } from '../../../src/build/target.js';
import { capPlugin, type CapResult } from '../../../src/cap/cap.js';
import { locatePlugin } from '../../../src/plugin/project.js';
import { allTargets } from '../../../src/report/outcome.js';
import type { TargetReport } from '../../../src/report/report.js';
import { realHostBuilder } from './builder.js';
import { writeFiles } from './go-project.js';
import { catalogServer } from './server.js';
import { buildFor } from './several.js';

const fixtures = fileURLToPath(new URL('../../fixtures/plugins', import.meta.url));

/** A plugin in a folder of its own, that is capped and built there. */
export interface CapProject {
  /** The module's folder. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null where there is no such file. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  /** Removes everything. */
  remove(): Promise<void>;
}

/**
 * A copy of a fixture plugin, its module in `path` below it.
 *
 * @param request.files texts to write over it, by name
 */
export async function capProject(request: {
  readonly folder: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<CapProject> {
  const root = await mkdtemp(join(tmpdir(), 'gotify cap '));
  await cp(join(fixtures, request.folder), join(root, 'repository'), { recursive: true });
  const dir = join(root, 'repository', request.path ?? '.');
  writeFiles(dir, request.files ?? {});
  return {
    dir,
    env: request.env ?? process.env,
    read: (name) => readFile(join(dir, name), 'utf8').catch(() => null),
    write: (name, text) => writeFile(join(dir, name), text),
    remove: () => rm(root, { recursive: true }),
  };
}

/** Caps it by the rule `full`, with the server's Go, and writes what came out. */
export async function cap(project: CapProject, tag: string): Promise<CapResult> {
  const files = createFiles();
  const server = await catalogServer(tag);
  const plugin = await locatePlugin({ path: project.dir, package: '.', base: project.dir }, files);
  const builder = await realHostBuilder({ server, env: project.env });
  const workDir = await mkdtemp(join(tmpdir(), 'gotify cap work '));
  try {
    const target = targetOf('linux-amd64');
    const result = await capPlugin({
      rule: 'full',
      project: plugin,
      server,
      builder,
      target,
      targets: chooseTargets({ wanted: 'all', server, arch: process.arch }),
      workDir,
      flags: parseBuildFlags({ ldflags: '', buildFlags: '' }),
      files,
    });
    if ('goMod' in result) {
      await writeFile(join(project.dir, 'go.mod'), result.goMod);
      if (result.goSum !== null) await writeFile(join(project.dir, 'go.sum'), result.goSum);
    }
    return result;
  } finally {
    await builder.close();
    await rm(workDir, { recursive: true });
  }
}

/** Builds it with the versions of its own go.mod (`dependencies: keep`), and compares the file with the server. */
export async function buildKept(project: CapProject, tag: string): Promise<TargetReport> {
  const { report } = await buildFor(
    { path: project.dir, server: tag, dependencies: 'keep' },
    { base: project.dir, env: project.env },
  );
  const [target] = allTargets(report);
  if (target === undefined) throw new Error('nothing was built');
  return target;
}
