import { join } from 'node:path';
import type { Target, TargetName } from '../build/target.js';
import { codeOf } from '../errors.js';
import type { Files } from '../ports.js';
import type { Verdict } from '../verify/verdict.js';
import type { TargetContext } from './context.js';
import { fileDigest } from './file-digest.js';

/** What a file's name and place depend on. */
interface PlaceContext {
  readonly options: Pick<TargetContext['options'], 'name' | 'output'>;
  readonly project: Pick<TargetContext['project'], 'name'>;
  readonly server: Pick<TargetContext['server'], 'version'>;
  readonly ports: Pick<TargetContext['ports'], 'files' | 'openBytes'>;
}

/** A file where the user will find it. */
export interface Placed {
  /** Absolute. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** What a target's file is called: gotify's plugin template has this suffix too. */
export function pluginFileName(request: {
  readonly name: string;
  readonly target: TargetName;
  readonly version: string;
}): string {
  return `${request.name}-${request.target}-for-gotify-${request.version}.so`;
}

/**
 * Moves a finished file to the output folder. One that was not found to load goes to `rejected/` there, with its
 * verdict beside it.
 */
export async function placeFile(
  request: { readonly target: Target; readonly path: string; readonly verdict: Verdict | null },
  context: PlaceContext,
): Promise<Placed> {
  const { files } = context.ports;
  const { path, verdict } = request;
  const name = fileNameOf(request.target, context);
  // What a build leaves is foreign: it gets a mode of ours, and a link is no plugin.
  await files.setMode(path, 0o644);
  const digest = fileDigest(path, context.ports);
  const good = verdict === null || verdict.kind === 'loads';
  const folder = good ? context.options.output : join(context.options.output, rejectedFolder);
  const file = join(folder, name);
  await moveInto(folder, { path, file }, files);
  if (!good) await files.write(`${file}.verdict.json`, `${JSON.stringify(verdict, null, 2)}\n`);
  return { file, ...digest };
}

/** Another target that begins now may remove the empty folder between its making and its first file. */
async function moveInto(
  folder: string,
  { path, file }: { readonly path: string; readonly file: string },
  files: Files,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await files.makeDir(folder);
    try {
      return await files.move(path, file);
    } catch (error) {
      if (tries === mostTries || codeOf(error) !== 'ENOENT' || (await files.stat(path)) === null) throw error;
    }
  }
}

const mostTries = 5;

/** Removes what earlier runs left under a target's name, so that a failed build never shows an older file. */
export async function removeEarlier(target: Target, context: PlaceContext): Promise<void> {
  const { files } = context.ports;
  const name = fileNameOf(target, context);
  const rejected = join(context.options.output, rejectedFolder);
  for (const path of [
    join(context.options.output, name),
    join(rejected, name),
    join(rejected, `${name}.verdict.json`),
  ]) {
    await files.remove(path);
  }
  await files.removeEmpty(rejected);
}

const rejectedFolder = 'rejected';

function fileNameOf(target: Target, { options, project, server }: PlaceContext): string {
  return pluginFileName({ name: options.name ?? project.name, target: target.name, version: server.version });
}
