import { allEntries } from './entries.js';
import { openName } from './drafts.js';
import { otherCommit } from './failures.js';
import { mostNames, namesText } from '../report/describe.js';
import { checksumsName, indexName, isPluginFile, isScaffold, partOf, waitsFor } from './names.js';
import { isOurs, withNotes } from './notes.js';
import { removeStep } from './puts.js';
import type { Asset, ReleaseChange } from './release-api.js';
import type { Seen } from './state.js';
import type { Job, Step } from './step.js';

/**
 * The part of the text that is ours; while the parts are known that say what is missing. And the title, where a job that
 * gave the draft up, which another one published, did not come to put it right.
 */
export function edit(job: Job, seen: Seen): Step | null {
  const { release, fragments } = seen;
  const isLate = release.draft && !job.draft && (fragments ?? []).length === 0;
  const body = isLate ? release.body : newBody(job, seen);
  const name = release.draft ? release.name : openName(release.name);
  if (body === release.body && name === release.name) return null;
  const change = {
    tag: release.tag,
    ...(body === release.body ? {} : { body }),
    ...(name === release.name ? {} : { name }),
  };
  return { kind: 'edit', change };
}

function newBody(job: Job, seen: Seen): string {
  if (!job.notes) return seen.release.body;
  const left = [...job.left, ...(seen.fragments ?? []).flatMap((fragment) => fragment.left)];
  return withNotes(seen.release.body, { files: allEntries(job, seen), left });
}

/** What the work left: all of it says nothing now that gotify-plugin.json does not say. */
export function clean(job: Job, seen: Seen): Step | null {
  const { release, assets } = seen;
  if (release.immutable) return null;
  const own = new Set([...job.files.map(({ name }) => name), checksumsName, indexName]);
  const isLeft = ({ name, state }: Asset): boolean => {
    if (state === 'uploaded' && !isScaffold(name)) return false;
    // In a published release another job may be replacing a file of its own.
    const isOwn = partOf(name) !== null || own.has(waitsFor(name) ?? name);
    return isOwn || (release.draft && (isScaffold(name) || isPluginFile(name)));
  };
  const left = assets.filter(isLeft);
  return removeStep(left, seen);
}

/**
 * What an earlier run left in the draft must be of the tag's commit too; where no commit is known nobody can tell.
 *
 * @throws Failure (input) `other-commit`
 */
function requireOneCommit(job: Job, seen: Seen): void {
  const { release, tagCommit } = seen;
  const others = allEntries(job, seen).filter(({ commit }) => commit !== null && commit !== tagCommit);
  if (tagCommit === null || others.length === 0) return;
  const names = others.map(({ file, commit }) => `${file} of the draft was built from ${String(commit)}`);
  throw otherCommit({
    ...{ tag: release.tag, is: tagCommit, built: namesText(names, mostNames) },
    remedy: 'Delete them from the draft, or build them again from the commit of the tag.',
  });
}

/** The release for all to see. */
export function publish(job: Job, seen: Seen): Step | null {
  const { release } = seen;
  if (!release.draft || job.draft) return null;
  requireOneCommit(job, seen);
  const body = newBody(job, seen);
  // An earlier run may have made it with another setting.
  const prerelease = isOurs(release.body) ? job.prerelease : release.prerelease;
  // What is asked for in vain is refused: a pre-release never is the latest.
  const makeLatest = prerelease ? null : job.makeLatest;
  const change: ReleaseChange = {
    tag: release.tag,
    draft: false,
    ...(body === release.body ? {} : { body }),
    // Somebody may be giving it up just now: published it has its title again.
    ...(isOurs(release.body) ? { name: release.name, prerelease } : {}),
    ...(makeLatest === null ? {} : { makeLatest }),
  };
  return { kind: 'publish', change };
}
