import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Target, TargetName } from '../build/target.js';
import type { Verdict } from '../verify/verdict.js';
import type { TargetContext } from './context.js';

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
  context: TargetContext,
): Promise<Placed> {
  const { files } = context.ports;
  const { path, verdict } = request;
  const name = fileNameOf(request.target, context);
  // What a build leaves is foreign: it gets a mode of ours, and a link is no plugin.
  await files.setMode(path, 0o644);
  const content = await files.readBytes(path);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const good = verdict === null || verdict.kind === 'loads';
  const folder = good ? context.options.output : join(context.options.output, rejectedFolder);
  const file = join(folder, name);
  await files.makeDir(folder);
  await files.move(path, file);
  if (!good) await files.write(`${file}.verdict.json`, `${JSON.stringify(verdict, null, 2)}\n`);
  return { file, size: content.length, sha256 };
}

/** Removes what earlier runs left under a target's name, so that a failed build never shows an older file. */
export async function removeEarlier(
  target: Target,
  context: Pick<TargetContext, 'options' | 'project' | 'server' | 'ports'>,
): Promise<void> {
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
  const isEmpty = (await files.stat(rejected)) !== null && (await files.list(rejected)).length === 0;
  if (isEmpty) await files.remove(rejected);
}

const rejectedFolder = 'rejected';

function fileNameOf(
  target: Target,
  { options, project, server }: Pick<TargetContext, 'options' | 'project' | 'server'>,
): string {
  return pluginFileName({ name: options.name ?? project.name, target: target.name, version: server.version });
}
