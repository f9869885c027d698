import { parseModFile } from '../go/modfile.js';
import { keptReplaces, pinnedVersions, type DependencyRule } from '../pin/local-replaces.js';
import type { LinesContext, LinesServer } from './context.js';
import type { Finding } from './finding.js';
import { goLineFindings } from './go-lines.js';
import { byImportance } from './importance.js';
import { modulePathFindings, ownModuleFindings, serverModuleFindings, templateFindings } from './notes.js';
import { sharedModuleFindings } from './shared-modules.js';
import { hidingReason } from './tidiness.js';

export interface LinesRequest {
  /** The text of the plugin's go.mod, and its name for messages. */
  readonly goMod: string;
  readonly file: string;
  /** There is no go.sum beside it. */
  readonly withoutSum?: true;
  readonly server: LinesServer;
  readonly dependencies: DependencyRule;
}

export interface LineFindings {
  /** The most important first. */
  readonly findings: readonly Finding[];
  /** Why the lines may not tell all, one sentence; null where nothing points to that. */
  readonly mayHideMore: string | null;
}

/**
 * Judges a plugin's go.mod against a server by its lines alone: no Go, no module is looked at. Where the lines do not
 * decide what Go will pick, nothing becomes a conflict.
 *
 * @throws Failure (input) `malformed-go-mod` with file, line and column; `conflicting-replaces`, as the pin does
 */
export function lineFindings(request: LinesRequest): LineFindings {
  const { goMod, file, server, dependencies } = request;
  const mod = parseModFile(goMod, file);
  // Go refuses two replacements of one module, and nothing can be said about such a file.
  keptReplaces(mod, { dependencies, server }, file);
  const context: LinesContext = {
    mod,
    file,
    server,
    dependencies,
    versions: pinnedVersions(mod.module, server),
  };
  const findings = [
    ...modulePathFindings(context),
    ...goLineFindings(context),
    ...sharedModuleFindings(context),
    ...serverModuleFindings(context),
    ...ownModuleFindings(context),
    ...templateFindings(context),
  ];
  return { findings: findings.toSorted(byImportance), mayHideMore: hidingReason(mod, request) };
}
