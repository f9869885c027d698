import { allEntries, notAdded } from './entries.js';
import type { Step } from './step.js';
import { pluginAssets } from './checksums.js';
import { dropDrafts, mergeDrafts, requireOpen } from './drafts.js';
import { holds, named } from './document.js';
import { LookAgain, tooLate } from './failures.js';
import { mostNames, namesText } from '../report/describe.js';
import { emptyNotes } from './notes.js';
import { allOf, putAll, remove, valueOf } from './put.js';
import type { Published, Waiting } from './request.js';
import type { Asset, ReleaseChange } from './release-api.js';
import type { Session } from './session.js';
import type { Seen, State } from './state.js';
import { requireTag } from './tag.js';

/** How often a job looks again for what others may be about to do, and while its own is not seen by others. */
const patience = 3;
const longPatience = 12;
/** For what is known and not listed: more than half a minute. */
const latePatience = 6;
/** Lists are not late for longer. */
const freshMs = 300_000;

/**
 * Does a step. Gives whether it was the last one.
 *
 * @throws LookAgain; Failure (input) `release-immutable`, `no-such-tag`, `other-commit`
 */
export async function perform(step: Step, state: State, session: Session): Promise<boolean> {
  if (state.kind === 'none') return make(state.others.length, session);
  const { api } = session;
  const { release } = state.seen;
  switch (step.kind) {
    case 'make':
      throw new LookAgain();
    case 'hold':
      await hold(step.assets, session);
      return false;
    case 'yield':
      session.tries.yields += 1;
      if (session.tries.yields < patience) throw new LookAgain();
      return perform(step.then, state, session);
    case 'doubt':
      session.tries.doubts += 1;
      if (session.tries.doubts < latePatience) throw new LookAgain();
      return perform(step.then, state, session);
    case 'too-late':
      session.tries.late += 1;
      // Lists may be late for a while after it was published.
      if ((release.publishedMs ?? 0) < freshMs && session.tries.late < longPatience) throw new LookAgain();
      throw tooLate(release, step.names);
    case 'merge':
      await mergeDrafts(step.others, state.seen, session);
      return false;
    case 'drop':
      await dropDrafts(step.drafts, session);
      return false;
    case 'put':
      await putAll(step.puts, release, session);
      return false;
    case 'remove':
      await allOf(step.assets, (asset) => remove(asset, session));
      return false;
    case 'publish':
      await publish(state.seen, step.change, session);
      return false;
    case 'edit':
      valueOf(await api.update(release.id, step.change));
      return false;
    case 'wait':
      expectMore(step.parts.length, session);
      await requireOpen(release, session);
      return true;
    case 'done':
      if (release.draft) await requireOpen(release, session);
      return true;
  }
}

/** Only a draft that is still open, with nothing new in it, of a tag that is still where it was. */
async function publish({ release, assets }: Seen, change: ReleaseChange, session: Session): Promise<void> {
  const { api, job, tagCommit } = session;
  const [commit, now] = await Promise.all([
    requireTag(job, api),
    api.assets(release.id),
    requireOpen(release, session),
  ]);
  session.tagCommit = commit;
  const seen = new Set(assets.map(({ id, name, state }) => `${String(id)} ${name} ${state}`));
  const isNew = ({ id, name, state }: Asset): boolean => !seen.has(`${String(id)} ${name} ${state}`);
  if (commit !== tagCommit || now === null || now.some(isNew)) throw new LookAgain();
  valueOf(await api.update(release.id, change));
}

/** A draft, with our markers in its text. Where drafts are being given up, there is another one that will show. */
async function make(others: number, session: Session): Promise<boolean> {
  const { api, job, tries } = session;
  if (others > 0 && tries.again < patience) throw new LookAgain();
  const { tag, prerelease } = job;
  const made = valueOf(await api.create({ tag, name: tag, body: emptyNotes, prerelease }));
  session.made.add(made.id);
  session.last = made;
  return false;
}

/** Until the other job is through, or has had the time that an upload may take. */
async function hold(assets: readonly Asset[], { api, tell, told, tries }: Session): Promise<void> {
  const names = assets.map(({ name }) => name).sort();
  const text = `Another job seems to be sending ${namesText(names, mostNames)}: this one waits for it.`;
  if (!told.has(text)) tell(text);
  told.add(text);
  tries.holds += 1;
  await api.pause(tries.holds);
}

/** Parts that come at the same moment may not see each other yet: then neither may be the one that ends it all. */
function expectMore(parts: number, { tries, isListed }: Session): void {
  if (parts > tries.parts) tries.waits = 0;
  tries.parts = parts;
  if (!isListed && tries.unlisted < longPatience) {
    tries.unlisted += 1;
    throw new LookAgain();
  }
  tries.waits += 1;
  if (tries.waits < patience) throw new LookAgain();
}

/** What came of it all. */
export function outcome(step: Step, seen: Seen, { job, sent, tell }: Session): Published | Waiting {
  const { release, assets } = seen;
  for (const { file, servers } of notAdded(job, seen)) {
    tell(
      `${file} is not at the release as it was: nothing is said of it for gotify ${namesText(servers, mostNames)}.`,
    );
  }
  const present = job.files.filter((file) => holds(named(assets, file.name), file)).map(({ name }) => name);
  const common = {
    release,
    uploaded: present.filter((name) => sent.get(name) === 'uploaded'),
    replaced: present.filter((name) => sent.get(name) === 'replaced'),
    same: present.filter((name) => !sent.has(name)),
    skipped: job.files.map(({ name }) => name).filter((name) => !present.includes(name)),
  };
  if (step.kind === 'wait') {
    return { kind: 'waiting', ...common, parts: step.parts, of: job.part?.of ?? 1 };
  }
  const known = new Set(allEntries(job, seen).map(({ file }) => file));
  const unknown = pluginAssets(assets)
    .map(({ name }) => name)
    .filter((name) => !known.has(name));
  return { kind: release.draft ? 'draft' : 'published', ...common, unknown };
}
