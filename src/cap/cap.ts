import { capText } from '../pin/cap.js';
import type { PluginProject } from '../plugin/project.js';
import { capFully } from './full.js';
import type { CapServer, GoRequest } from './go.js';
import type { CapResult } from './result.js';

export type { CapServer } from './go.js';
export type { CapChange, CapReason, CapResult, CapRule } from './result.js';

/** A plugin and the server that its go.mod is capped to; by the rule `full` the server's Go is asked. */
export type CapRequest =
  | ({ readonly rule: 'full' } & GoRequest)
  | {
      readonly rule: 'gomod-cap';
      readonly project: Pick<PluginProject, 'goModText' | 'displayGoMod'>;
      readonly server: CapServer;
    };

/**
 * What a plugin's go.mod and go.sum have to be to fit a server, as far as a go.mod can see to it. Writes nothing but
 * below the request's own folder.
 *
 * @throws Failure for a malformed go.mod or go.sum, and where the server's Go cannot put the plugin together: then its
 * code and text say why, as in a build
 */
export async function capPlugin(request: CapRequest): Promise<CapResult> {
  if (request.rule === 'full') return capFully(request);
  const { project, server } = request;
  const { text, changes } = capText({ goMod: project.goModText, file: project.displayGoMod, server });
  if (changes.length === 0) return { kind: 'same' };
  return {
    kind: 'changed',
    goMod: text,
    goSum: null,
    changes: changes.map((change) => ({ ...change, why: 'server' })),
  };
}
