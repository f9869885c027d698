import { join } from 'node:path';
import * as v from 'valibot';
import type { Target } from '../build/target.js';
import { unknownLines } from '../cap/rule.js';
import { parseModFile } from '../go/modfile.js';
import { downloadFailure } from '../plugin/diagnose-download.js';
import { tidyArgs } from '../plugin/tidy.js';
import { writeLowered } from '../plugin/write-lowered.js';
import type { TargetContext } from './context.js';
import { diagnosis, makeWorkspace, memoryFile, recall } from './sources.js';

const tidiedSchema = v.object({ goMod: v.string(), goSum: v.string() });
/** What is kept for later runs of the same files and imports, those of tests too; null: Go refuses these. */
const memorySchema = v.union([tidiedSchema, v.null()]);

/** The texts of a go.mod and go.sum that `go mod tidy` made. */
export type Tidied = v.InferOutput<typeof tidiedSchema>;

/**
 * Lets the server's Go tidy a copy of the pinning's go.mod and go.sum. Null where that says nothing: it fails (a module
 * that only tests of others import cannot be had, say), or this Go does not know all of the plugin's lines.
 *
 * @throws Failure (surroundings) where Go cannot be run
 */
export async function tidied(target: Target, context: TargetContext): Promise<Tidied | null> {
  const { project, server, run, ports } = context;
  if (unknownLines(project.goMod, server.goVersion).length > 0) return null;
  const workspace = {
    ...(await makeWorkspace(target, context)),
    pin: await run.folder(target.name, 'tidy'),
  };
  const memory = await memoryFile({ target, workspace, tests: true }, context);
  const known = await recall(memory, memorySchema, ports.files);
  if (known !== null) return known.value;
  const { files } = ports;
  const place = (name: string): string => join(workspace.pin, name);
  await files.write(place('go.mod'), context.pinning.goMod);
  await files.write(place('go.sum'), context.pinning.goSum);
  const goLine = parseModFile(context.pinning.goMod, project.displayGoMod).go?.version ?? null;
  const places = context.builder.places(workspace);
  const overlay = await writeLowered(context.pinning.folders, { workspace, places }, files);
  const args = tidyArgs({ places, goLine, overlay });
  const outcome = await context.builder.run({ target, workspace, phase: 'download', args });
  if (outcome.kind !== 'ok') {
    // What the network says may be another thing tomorrow.
    const isOfFiles =
      outcome.kind === 'failed' &&
      outcome.exitCode === 1 &&
      downloadFailure(outcome.stderr, { ...diagnosis({ workspace }, context), listing: null }) === null;
    if (isOfFiles) await files.write(memory, 'null');
    return null;
  }
  const made = {
    goMod: await files.readText(place('go.mod')),
    // Go removes one that would be empty.
    goSum: (await files.stat(place('go.sum'))) === null ? '' : await files.readText(place('go.sum')),
  };
  await files.write(memory, JSON.stringify(made));
  return made;
}
