import type { Finding } from '../check/finding.js';
import { placeOf } from '../check/listed.js';
import type { Outcome } from '../report/check-report.js';
import { rejectionText } from '../report/describe.js';
import type { ReportedFailure, ServerVerdict } from '../report/report.js';
import type { PluginListing } from '../plugin/listing.js';
import type { PluginProject } from '../plugin/project.js';
import type { Rejection } from '../verify/verdict.js';
import type { Tried } from './build-target.js';

export interface Judged {
  readonly outcome: Outcome;
  /** What stands in the way, where something does. */
  readonly findings: readonly Finding[];
}

/** What the attempt to build the native target says to the question whether the plugin fits. */
export function judge(tried: Tried, project: PluginProject): Judged {
  if (tried.kind === 'failed') {
    const { failure } = tried;
    return failure.kind === 'plugin'
      ? { outcome: { kind: 'conflict', verdict: null }, findings: [doesNotBuild(failure)] }
      : { outcome: { kind: 'failed', failure }, findings: [] };
  }
  const { listing, verdict: told } = tried;
  const { verdict } = told;
  if (verdict === null) return undecided('nothing was compared', told);
  if (verdict.kind === 'undecided') return undecided(verdict.because, told);
  if (verdict.kind === 'loads')
    return { outcome: { kind: 'loads', compared: verdict.compared, verdict: told }, findings: [] };
  const findings = verdict.reasons.map((reason) => doesNotLoad(reason, { project, listing }));
  return { outcome: { kind: 'conflict', verdict: told }, findings };
}

function undecided(because: string, verdict: ServerVerdict): Judged {
  return { outcome: { kind: 'undecided', because, verdict }, findings: [] };
}

const general = { module: null, plugin: null, server: null, reach: null } as const;

function doesNotBuild({ code, what, remedy, where }: ReportedFailure): Finding {
  return { ...general, level: 'conflict', kind: 'does-not-build', code, what, remedy, where };
}

function doesNotLoad(
  reason: Rejection,
  { project, listing }: { readonly project: PluginProject; readonly listing: PluginListing },
): Finding {
  const { goMod: mod, displayGoMod: file } = project;
  const versions = 'plugin' in reason ? { plugin: reason.plugin, server: reason.server } : {};
  const module = reason.kind === 'dependency' ? reason.module : null;
  return {
    ...general,
    ...versions,
    level: 'conflict',
    kind: 'does-not-load',
    code: `rejected-${reason.kind}`,
    module,
    what: `what is built will not load: ${rejectionText(reason)}`,
    remedy: reason.remedy,
    where: { kind: 'file', file },
    ...(module === null ? {} : placeOf(module, { mod, file, listing })),
  };
}
