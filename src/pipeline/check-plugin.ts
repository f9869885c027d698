import type { LimitFunction } from 'p-limit';
import { againstBase } from '../check/baseline.js';
import type { Finding } from '../check/finding.js';
import { Failure } from '../errors.js';
import type { ServerBuild } from '../gotify/server-build.js';
import { notMainCode } from '../plugin/check.js';
import type { PluginProject } from '../plugin/project.js';
import type { Check, CheckFinding, CheckedPlugin, Skipped } from '../report/check-report.js';
import { some } from '../report/describe.js';
import { reportedFailure } from '../report/failure.js';
import type { Before, NotCompared } from './check-base.js';
import type { CheckContext, ServerFindings } from './check-context.js';
import { checkServer } from './check-server.js';
import { goModOf, type FoundModule } from './find-plugins.js';

export interface ModuleCheck {
  readonly module: FoundModule;
  /** What is wrong with the only module is wrong with the whole run. */
  readonly isOnly: boolean;
  readonly before: Before;
  readonly servers: readonly ServerBuild[];
  readonly limit: LimitFunction;
}

export type ModuleResult =
  | {
      readonly kind: 'checked';
      readonly plugin: CheckedPlugin;
      readonly notCompared: readonly NotCompared[];
    }
  | { readonly kind: 'skipped'; readonly skipped: Skipped };

/**
 * One module against each server. Of several modules one that cannot be checked is a result, so that the others are told.
 *
 * @throws Failure (input) where the only module cannot be checked
 */
export async function checkModule(check: ModuleCheck, context: CheckContext): Promise<ModuleResult> {
  const { module, servers, limit } = check;
  if (module.kind === 'library') return skipped(module);
  const findings = (server: ServerBuild): Promise<ServerFindings> =>
    module.kind === 'unfit'
      ? Promise.resolve(unfit(module.failure))
      : pluginFindings({ project: module.project, server }, check, context);
  const results = await untilFailure(servers, limit, async (server) => ({
    server: server.version,
    found: await findings(server),
  }));
  if (!module.isNamed && results.some(({ found }) => isNotMain(found))) return skipped(module);
  const plugin = {
    module: module.kind === 'unfit' ? null : module.project.modulePath,
    package: module.kind === 'unfit' ? context.options.package : module.project.packageArg,
    path: module.display,
    goMod: goModOf(module),
    checks: results.map(({ server, found }): Check => ({ server, ...comparison(found) })),
  };
  return { kind: 'checked', plugin, notCompared: notComparedOf(results, plugin) };
}

/**
 * The work for all items, as many at once as the limit lets. Once one fails no other is begun, and what runs has ended
 * when this throws: nothing is at work any more when the run cleans up.
 *
 * @param limit with `rejectOnClear`
 * @throws what the first one threw
 */
export async function untilFailure<T, R>(
  items: readonly T[],
  limit: LimitFunction,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const errors: unknown[] = [];
  const all = items.map((item) =>
    limit(async () => {
      try {
        return await work(item);
      } catch (error) {
        errors.push(error);
        limit.clearQueue();
        throw error;
      }
    }),
  );
  const outcomes = await Promise.allSettled(all);
  const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  if (done.length === items.length) return done;
  throw errors[0];
}

/** One for each reason, with the servers that have it. */
function notComparedOf(
  results: readonly { readonly server: string; readonly found: ServerFindings }[],
  { goMod: file }: CheckedPlugin,
): readonly NotCompared[] {
  const reasons = new Map<string, string[]>();
  for (const { server, found } of results) {
    const { notCompared: why } = found;
    if (why !== null) reasons.set(why, [...(reasons.get(why) ?? []), server]);
  }
  return [...reasons].map(([why, servers]) => ({
    file,
    base: `the base for gotify ${some(servers)}`,
    why,
  }));
}

async function pluginFindings(
  plugin: { readonly project: PluginProject; readonly server: ServerBuild },
  { module, before, isOnly }: ModuleCheck,
  context: CheckContext,
): Promise<ServerFindings> {
  const base = before.kind === 'project' ? before.project : before.kind === 'absent' ? 'absent' : null;
  try {
    return await checkServer({ ...plugin, base }, context);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'input') throw error;
    const isSkipped = error.code === notMainCode && !module.isNamed;
    if (isOnly && !isSkipped) throw error;
    return unfit(error);
  }
}

function unfit(failure: Failure): ServerFindings {
  return {
    outcome: { kind: 'failed', failure: reportedFailure(failure) },
    findings: [],
    baseFindings: null,
    mayHideMore: null,
    notCompared: null,
  };
}

/** What files alone do not tell, as build constraints choose among them. */
function isNotMain({ outcome }: ServerFindings): boolean {
  return outcome.kind === 'failed' && outcome.failure.code === notMainCode;
}

function skipped({ display }: FoundModule): ModuleResult {
  return {
    kind: 'skipped',
    skipped: { path: display, because: 'it has no main package, so it is no plugin' },
  };
}

/** A conflict is one, whoever brought it: the base was not compiled. */
function comparison(found: ServerFindings): Omit<Check, 'server'> {
  const { outcome, mayHideMore, findings, baseFindings } = found;
  if (baseFindings === null) {
    const alone = findings.map((finding): CheckFinding => ({ ...finding, since: null }));
    return { outcome, mayHideMore, findings: alone, fixed: [] };
  }
  const compared = againstBase(findings, baseFindings);
  const built = (finding: Finding): boolean =>
    finding.kind === 'does-not-build' || finding.kind === 'does-not-load';
  return {
    outcome,
    mayHideMore,
    findings: compared.findings.map((finding) => (built(finding) ? { ...finding, since: null } : finding)),
    // What could not be listed is no finding of the plugin's that a change could do away with.
    fixed: compared.fixed.filter(({ kind }) => kind !== 'not-listed'),
  };
}
