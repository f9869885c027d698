import { join } from 'node:path';
import type { Builder, GoOutcome, Workspace } from '../../../src/build/builder.js';
import { parseBuildFlags } from '../../../src/build/flags.js';
import { goBuildArgs } from '../../../src/build/go-args.js';
import type { Target } from '../../../src/build/target.js';

/** The two steps that a build is made of, as the pipeline takes them: modules, then the plugin. */
export async function buildPlugin(request: {
  readonly builder: Builder;
  readonly target: Target;
  readonly workspace: Workspace;
  readonly ldflags?: string;
  /** Changes the arguments of the compile step, to make what the pipeline would never make. */
  readonly spoil?: (args: readonly string[]) => readonly string[];
}): Promise<string> {
  const { builder, target, workspace, ldflags = '', spoil = (args) => args } = request;
  const places = builder.places(workspace);
  const list = ['list', '-mod=mod', `-modfile=${places.pin}/go.mod`, '-deps', '.'];
  expectOk(await builder.run({ target, workspace, phase: 'download', args: list }));
  const file = `${target.name}.so`;
  const flags = parseBuildFlags({ ldflags, buildFlags: '' });
  const args = goBuildArgs({
    places,
    modulePath: 'example.org/plugin',
    package: '.',
    outFile: file,
    flags,
    overlay: false,
  });
  expectOk(await builder.run({ target, workspace, phase: 'compile', args: spoil(args) }));
  return join(workspace.out, file);
}

export function expectOk(outcome: GoOutcome): asserts outcome is GoOutcome & { kind: 'ok' } {
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome, null, 2));
}
