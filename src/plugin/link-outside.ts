import { posix } from 'node:path';
import { Failure } from '../errors.js';
import type { DiagnosisContext } from './diagnosis.js';
import type { GoOutput } from './go-output.js';

/** A folder of this machine that go sees somewhere else. */
interface Root {
  readonly place: string;
  readonly dir: string;
  /** For messages. */
  readonly display: string;
}

/**
 * What a container misses because the plugin's folder has a link out of it: there it leads nowhere, while plain go on
 * this machine follows it. Null where that is not why go failed.
 *
 * @param missing import paths of the plugin's own module that go did not find
 */
export async function linkOutside(
  { rest }: GoOutput,
  missing: readonly string[],
  context: DiagnosisContext,
): Promise<Failure | null> {
  const { places, project } = context;
  if (places.module === project.moduleDir) return null;
  const text = rest.join('\n');
  const unopened = [...text.matchAll(/open (\/.+?): no such file or directory/g)].map(
    ([, path = '']) => path,
  );
  const packages = missing.map((path) => posix.join(places.module, path.slice(project.modulePath.length)));
  const goMod = /go\.mod file not found|cannot find main module/.test(text)
    ? [`${places.module}/go.mod`]
    : [];
  for (const path of [...unopened, ...packages, ...goMod]) {
    for (const root of rootsOf(context)) {
      const link = path.startsWith(`${root.place}/`)
        ? await firstLinkOut(root.dir, path.slice(root.place.length + 1), context)
        : null;
      if (link !== null) return leadsOut(link, root);
    }
  }
  return null;
}

function rootsOf({ places, project, replaced }: DiagnosisContext): readonly Root[] {
  const { moduleDir, displayDir } = project;
  return [
    { place: places.module, dir: moduleDir, display: displayDir },
    ...replaced.map((dir, index) => ({
      place: places.replaced(index),
      dir: posix.resolve(moduleDir, dir),
      display: posix.join(displayDir, dir),
    })),
  ];
}

interface Link {
  /** Below the root. */
  readonly inside: string;
  readonly target: string;
}

/** The first part of the way to a file that lies somewhere else; null where all of it is below the folder. */
async function firstLinkOut(dir: string, inside: string, { files }: DiagnosisContext): Promise<Link | null> {
  const real = (path: string): Promise<string | null> => files.realPath(path).catch(() => null);
  const root = await real(dir);
  if (root === null) return null;
  const parts = inside.split('/');
  for (const depth of parts.keys()) {
    const part = parts.slice(0, depth + 1).join('/');
    const target = await real(posix.join(dir, part));
    if (target === null) return null;
    if (!target.startsWith(`${root}/`)) return { inside: part, target };
  }
  return null;
}

function leadsOut({ inside, target }: Link, { display }: Root): Failure {
  const file = posix.join(display, inside);
  return new Failure('input', {
    code: 'link-out-of-module',
    what: `${file} is a link to ${target}, and a container sees nothing outside of ${display === '.' ? "the plugin's folder" : display}`,
    remedy:
      'Put the file or folder itself in its place, or use builder: host, which follows the link. What is a module of its own can be named by a replace line: then its folder is shown too.',
    where: { kind: 'file', file },
  });
}
