import { Failure } from '../errors.js';
import { mostNames, namesText } from '../report/describe.js';
import type { Release } from './release-api.js';

export const rerun = 'Run the job again: it goes on with what is uploaded already.';

/**
 * The release is not as it was thought to be, or an answer is lost: it has to be looked at again. `failure` is what users
 * see if that never ends.
 */
export class LookAgain extends Error {
  readonly failure: Failure | null;

  constructor(failure: Failure | null = null) {
    super('look again');
    this.name = 'LookAgain';
    this.failure = failure;
  }
}

export function noSuchTag(tag: string): Failure {
  return new Failure('input', {
    code: 'no-such-tag',
    what: `the repository has no tag ${JSON.stringify(tag)}`,
    remedy: 'Push the tag first, or name one that exists.',
    where: { kind: 'input', input: 'release-tag' },
  });
}

export function otherCommit({ tag, is, built, remedy }: OtherCommit): Failure {
  return new Failure('input', {
    code: 'other-commit',
    what: `the tag ${tag} is of the commit ${is}, and ${built}`,
    remedy,
    where: { kind: 'input', input: 'release-tag' },
  });
}

export interface OtherCommit {
  readonly tag: string;
  /** What the tag leads to. */
  readonly is: string;
  /** What was built from another commit, a clause. */
  readonly built: string;
  readonly remedy: string;
}

export function assetExists(name: string): Failure {
  return new Failure('input', {
    code: 'asset-exists',
    what: `the release has ${name} already, with other bytes`,
    remedy: 'Write on-existing: replace or on-existing: skip, or publish under another tag.',
    where: { kind: 'input', input: 'on-existing' },
  });
}

/** The code of what is too late for a release. */
export const releaseImmutable = 'release-immutable';

export function tooLate({ tag }: Pick<Release, 'tag'>, names: readonly string[]): Failure {
  return new Failure('input', {
    code: releaseImmutable,
    what: `the release of ${tag} is published and immutable: it is too late for ${namesText(names, mostNames)}`,
    remedy:
      'Publish under a new tag, with every file in one run: an immutable release takes no assets once it is published.',
  });
}

export function damaged(name: string): Failure {
  return new Failure('surroundings', {
    code: 'upload-damaged',
    what: `${name} arrived at GitHub with another size or digest than the file has`,
    remedy: `See whether something writes to the file meanwhile. ${rerun}`,
  });
}

export function unsettled(tag: string): Failure {
  return new Failure('surroundings', {
    code: 'release-unsettled',
    what: `the release of ${tag} does not come to rest: it changes again and again while it is worked on`,
    remedy: `See whether other jobs work on the same release. ${rerun}`,
  });
}

export function sameName(name: string): Failure {
  return new Failure('input', {
    code: 'same-asset-name',
    what: `two files would become the asset ${name}`,
    remedy: 'Give every file a name of its own; GitHub makes dots of special characters.',
  });
}

export function samePart(name: string, files: readonly string[]): Failure {
  return new Failure('input', {
    code: 'same-part',
    what: `another job of this run has the part ${name} too, with ${files.length === 0 ? 'no file' : namesText(files, mostNames)}`,
    remedy: 'Give every job of the matrix a part of its own, such as its target.',
    where: { kind: 'input', input: 'part' },
  });
}

export function badPartName(name: string): Failure {
  return new Failure('input', {
    code: 'bad-part-name',
    what: `${JSON.stringify(name)} cannot be the name of a part`,
    remedy:
      'Write letters, digits, dashes and underscores, with single dots between them, such as linux-amd64.',
    where: { kind: 'input', input: 'part' },
  });
}
