import type { ReleaseOptions } from '../options/publish.js';
import { publishPart, publishRelease } from '../publish/publish-release.js';
import type { Published, PublishRequest, Waiting } from '../publish/request.js';
import { asFailure, reportedFailure } from '../report/failure.js';
import type { ReleaseReport } from '../report/publish-report.js';
import type { Publishable } from './plugin-files.js';
import type { PublishPorts } from './publish-ports.js';

export interface ReleaseRequest extends Publishable {
  /** The plugin's module path. */
  readonly plugin: string;
  /** Of the plugin; null: unknown. */
  readonly commit: string | null;
  readonly tag: string;
}

/**
 * Sends files to the release of a tag. Where something that was asked for does not load the release is not touched,
 * unless `allow-partial` wants the rest. What fails is a line of the report: the files are built and stay.
 */
export async function releaseFiles(
  request: ReleaseRequest,
  options: ReleaseOptions,
  ports: Pick<PublishPorts, 'releases' | 'attest' | 'reporter'>,
): Promise<ReleaseReport> {
  const { tag, files, added, left } = request;
  const because = left.map(({ text }) => text);
  if (files.length === 0 && added.length === 0)
    return { kind: 'refused', tag, because: [...because, 'no file loads'] };
  if (left.length > 0 && !options.allowPartial) return { kind: 'refused', tag, because };
  return reporting(tag, ports, async () => {
    if (options.attest && files.length > 0) await ports.attest(files, options.token);
    return send(request, options, ports);
  });
}

/** Does what a run that was broken off left to do at a release that has its files. What fails is told in the report. */
export async function finishRelease(
  { tag, plugin }: Pick<ReleaseRequest, 'tag' | 'plugin'>,
  options: ReleaseOptions,
  ports: Pick<PublishPorts, 'releases' | 'reporter'>,
): Promise<ReleaseReport> {
  const nothing = { tag, plugin, commit: null, files: [], added: [], left: [] };
  return reporting(tag, ports, () => send(nothing, options, ports));
}

async function reporting(
  tag: string,
  { reporter }: Pick<PublishPorts, 'reporter'>,
  work: () => Promise<Published | Waiting>,
): Promise<ReleaseReport> {
  const task = reporter.task(`Release ${tag}`);
  try {
    const published = await work();
    task.done(ending(published));
    return reported(published);
  } catch (error) {
    const failure = asFailure(error);
    task.fail(failure.what);
    return { kind: 'failed', tag, failure: reportedFailure(failure) };
  }
}

async function send(
  { plugin, commit, tag, files, added, left }: ReleaseRequest,
  options: ReleaseOptions,
  ports: Pick<PublishPorts, 'releases' | 'reporter'>,
): Promise<Published | Waiting> {
  const { onExisting, prerelease, draft, makeLatest, notes, part } = options;
  const request: PublishRequest = {
    ...{ plugin, commit, tag, files, added, left },
    ...{ onExisting, prerelease, draft, makeLatest, notes },
  };
  const api = await ports.releases(options);
  const tell = (text: string): void => ports.reporter.note(text);
  return part === null ? publishRelease(request, api, tell) : publishPart({ ...request, part }, api, tell);
}

function ending(published: Published | Waiting): string {
  if (published.kind === 'waiting')
    return `waiting: ${String(published.parts.length)} of ${String(published.of)} parts are there`;
  return published.kind === 'draft' ? 'complete, and still a draft' : 'published';
}

function reported(published: Published | Waiting): ReleaseReport {
  const { release, ...rest } = published;
  return { ...rest, tag: release.tag, url: release.url };
}
