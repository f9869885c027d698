import { join, relative, resolve } from 'node:path';
import { Failure } from '../errors.js';
import type { PublishOnlyOptions } from '../options/options.js';
import { readReport, type BuiltReport, type BuiltTarget } from '../report/read-report.js';
import { fileDigest } from './file-digest.js';
import { matchedFolders } from './matched-folders.js';
import type { PublishPorts } from './publish-ports.js';

/** What one build left: its output folder, or several that hold a part of its files each (artifacts per target). */
export interface BuiltFolder {
  /** Absolute. */
  readonly paths: readonly string[];
  readonly report: BuiltReport;
}

/**
 * The folders that `folders` names, or whose report.json its patterns match.
 *
 * @throws Failure (input) `no-report`, `bad-report`, `mixed-plugins`
 */
export async function builtFolders(
  { base, folders }: Pick<PublishOnlyOptions, 'base' | 'folders'>,
  ports: Pick<PublishPorts, 'files' | 'matchingFiles'>,
): Promise<readonly [BuiltFolder, ...BuiltFolder[]]> {
  const byText = new Map<string, { readonly paths: string[]; readonly report: BuiltReport }>();
  for (const path of await pathsOf({ base, folders }, ports)) {
    const file = join(path, 'report.json');
    if ((await ports.files.stat(file))?.kind !== 'file') throw noReport(relative(base, path) || '.');
    const text = await ports.files.readText(file);
    const known = byText.get(text) ?? { paths: [], report: readReport(text, relative(base, file)) };
    known.paths.push(path);
    byText.set(text, known);
  }
  const found: readonly BuiltFolder[] = [...byText.values()];
  const [first, ...others] = found;
  if (first === undefined) throw noReport(folders.join(', '));
  const other = others.find(({ report }) => !samePlugin(report, first.report));
  if (other !== undefined) throw mixed(first, { other, base });
  return [first, ...others];
}

/**
 * The path of a built file, once its bytes are what the report says.
 *
 * @throws Failure (input) `no-such-file`, `file-changed`
 */
export async function builtFile(
  { paths, report }: BuiltFolder,
  target: Extract<BuiltTarget, { kind: 'built' }>,
  ports: Pick<PublishPorts, 'files' | 'openBytes'>,
): Promise<string> {
  const where = { kind: 'file', file: join(paths[0] ?? '', 'report.json') } as const;
  const remedy = `Build ${report.plugin.module} again, and hand the output folder on as a whole.`;
  for (const path of paths) {
    const file = resolve(path, target.file);
    // A report from elsewhere names no file of this machine.
    if (relative(path, file).startsWith('..') || (await ports.files.stat(file))?.kind !== 'file') continue;
    const { size, sha256 } = fileDigest(file, ports);
    if (sha256 === target.sha256 && size === target.size) return file;
    const what = `${target.file} is not the file that its report is about: its sha256 is ${sha256}`;
    throw new Failure('input', { code: 'file-changed', what, remedy, where });
  }
  const what = `the folder has no ${target.file}, which its report names`;
  throw new Failure('input', { code: 'no-such-file', what, remedy, where });
}

async function pathsOf(
  { base, folders }: Pick<PublishOnlyOptions, 'base' | 'folders'>,
  ports: Pick<PublishPorts, 'files' | 'matchingFiles'>,
): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const folder of folders) {
    const found = await matchedFolders(folder, { holding: 'report.json', base }, ports);
    if (found.length === 0) throw noReport(folder);
    for (const each of found) paths.add(each);
  }
  return paths;
}

function samePlugin({ plugin: a }: BuiltReport, { plugin: b }: BuiltReport): boolean {
  return a.module === b.module && a.commit === b.commit;
}

function noReport(folder: string): Failure {
  return new Failure('input', {
    code: 'no-report',
    what: `${folder} has no report.json`,
    remedy: 'Name the output folders of builds; an artifact of this action is one, once it is downloaded.',
    where: { kind: 'input', input: 'folders' },
  });
}

function mixed(
  first: BuiltFolder,
  { other, base }: { readonly other: BuiltFolder; readonly base: string },
): Failure {
  const places = ({ paths }: BuiltFolder): string =>
    paths.map((path) => relative(base, path) || '.').join(', ');
  const name = ({ report: { plugin } }: BuiltFolder): string =>
    `${plugin.module} at ${plugin.commit?.slice(0, 12) ?? 'an unknown commit'}`;
  return new Failure('input', {
    code: 'mixed-plugins',
    what: `${places(first)} was built from ${name(first)}, and ${places(other)} from ${name(other)}`,
    remedy: 'Publish the files of one commit of one plugin at a time.',
    where: { kind: 'input', input: 'folders' },
  });
}
