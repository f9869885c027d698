import { assetName } from './file.js';
import { badPartName, LookAgain, sameName, unsettled } from './failures.js';
import { look } from './look.js';
import type { ReleaseApi } from './release-api.js';
import type { Published, PublishRequest, PartRequest, Waiting } from './request.js';
import { outcome, perform } from './perform.js';
import { newSession, type Session, type Tell } from './session.js';
import { nextStep } from './next-step.js';
import type { Job } from './step.js';
import { requireTag } from './tag.js';

/** A job gives up after so many looks, and after so many in a row that found the release changed. */
const mostLooks = 500;
const mostAgain = 30;
/** So many lost answers in a row, with longer and longer waits between them, are an outage. */
const mostFailures = 5;

/**
 * Makes the tag's release hold the files, checksums.txt and gotify-plugin.json, and publishes it once it does: for a job
 * that owns the release. What an earlier run uploaded is used. See docs/publishing.md.
 *
 * @param tell gets what is not an error, and nobody would expect
 * @throws Failure (input) `no-such-tag`, `other-commit`, `asset-exists`, `release-immutable`, `same-asset-name`,
 *   `malformed-index`; (surroundings) `upload-damaged`, `release-unsettled`, and what the API throws
 */
export async function publishRelease(
  request: PublishRequest,
  api: ReleaseApi,
  tell: Tell = () => undefined,
): Promise<Published> {
  const published = await work({ ...request, part: null }, api, tell);
  if (published.kind !== 'waiting') return published;
  throw new Error('a job that owns a release waits for nobody');
}

/**
 * The same for one of several jobs that share the release: each brings its files and a fragment, and the one that sees
 * all fragments does the rest.
 *
 * @throws Failure as publishRelease; (input) `bad-part-name`, `parts-differ`, `same-part`
 */
export async function publishPart(
  request: PartRequest,
  api: ReleaseApi,
  tell: Tell = () => undefined,
): Promise<Published | Waiting> {
  const { name } = request.part;
  if (!/^[\w-]+(\.[\w-]+)*$/.test(name)) throw badPartName(name);
  return work(request, api, tell);
}

async function work(request: Job, api: ReleaseApi, tell: Tell): Promise<Published | Waiting> {
  const job = { ...request, files: request.files.map((file) => ({ ...file, name: assetName(file.name) })) };
  const twin = job.files.find(({ name }, index) => job.files.findIndex((file) => file.name === name) < index);
  if (twin !== undefined) throw sameName(twin.name);
  const tagCommit = await requireTag(job, api);
  if (job.commit === null && job.files.length > 0) tell(unknownCommit(tagCommit));
  const session = newSession({ api, tell }, job, tagCommit);
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const end = await once(session);
    if (end !== null) return end;
  }
  throw unsettled(job.tag);
}

function unknownCommit(tagCommit: string): string {
  return `It is not known which commit the files were built from, so nobody compared it with the tag's, ${tagCommit}.`;
}

/** One look, and what has to be done next. Null: not at the end yet. */
async function once(session: Session): Promise<Published | Waiting | null> {
  const { api, job, tries } = session;
  try {
    const state = await look(session);
    const step = nextStep(job, state);
    const isEnd = await perform(step, state, session);
    tries.again = 0;
    if (step.kind === 'put') tries.failed = 0;
    if (step.kind !== 'hold') tries.holds = 0;
    if (step.kind !== 'doubt') tries.doubts = 0;
    return isEnd && state.kind === 'release' ? outcome(step, state.seen, session) : null;
  } catch (error) {
    if (!(error instanceof LookAgain)) throw error;
    tries.again += 1;
    if (error.failure !== null) tries.failed += 1;
    if (error.failure !== null && tries.failed > mostFailures) throw error.failure;
    if (tries.again > mostAgain) throw error.failure ?? unsettled(job.tag);
    await api.pause(Math.max(tries.again, tries.failed));
    return null;
  }
}
