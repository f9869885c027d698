import { Failure } from '../errors.js';
import { gitHubCodes } from '../gotify/github.js';
import { rerun, tooLate } from '../publish/failures.js';
import type { Trouble } from './github-errors.js';

/** What a request was for, as far as messages say it. */
export interface Purpose {
  /** `POST https://...`, without a query. */
  readonly request: string;
  /** Whether the token was good in this run before. */
  readonly hadAccess: boolean;
  /** The file that was sent. */
  readonly file: string | null;
}

/** GitHub's refusal of something: status, its words, and what it says of permissions. */
export interface Refused {
  readonly status: number;
  /** One line. */
  readonly message: string;
  /** x-accepted-github-permissions, such as `contents=write`. */
  readonly permissions: string | null;
}

const permissionLines = 'permissions:\n  contents: write';

/** The failure of a request that was answered, and refused. */
export function refusedFailure(refused: Refused, purpose: Purpose, cause?: unknown): Failure {
  const { status, message } = refused;
  if (status === 401) return unauthorized(message, purpose);
  if (status === 403) return forbidden(refused, purpose);
  const what = `${purpose.request}: GitHub answered ${String(status)} (${message})`;
  if (status === 404) {
    const remedy = `Check the repository's name, and that the token may write to it. In a workflow the job needs:\n${permissionLines}`;
    return new Failure('input', { code: 'publish-missing', what, remedy, where: token, cause });
  }
  if (status === 413) return tooLarge(what, purpose);
  if (/used by an immutable release/i.test(message)) return tagIsUsed(what);
  if (/immutable release/i.test(message))
    return tooLate({ tag: 'this tag' }, [purpose.file ?? 'this change']);
  const remedy =
    'See what GitHub says, and whether the tag or the release is protected by rules of the repository.';
  return new Failure('input', { code: 'publish-refused', what, remedy, cause });
}

const token = { kind: 'input', input: 'token' } as const;

function unauthorized(message: string, { request, hadAccess }: Purpose): Failure {
  const answer = `${request}: GitHub answered 401 (${message})`;
  if (!hadAccess) {
    const remedy = 'Check the input token: the token of the job is there without being named.';
    return new Failure('input', { code: 'token-invalid', what: answer, remedy, where: token });
  }
  return new Failure('surroundings', {
    code: 'token-expired',
    what: `${answer}: the token was good a moment ago, so it expired or was revoked`,
    remedy: `${rerun} It gets a new token.`,
    where: token,
  });
}

function forbidden({ message, permissions }: Refused, { request }: Purpose): Failure {
  const needed = permissions === null ? '' : `; it takes ${permissions}`;
  const what = `${request}: GitHub answered 403 (${message}${needed})`;
  const remedy = `The token may not write to releases. Give the job this permission:\n${permissionLines}`;
  return new Failure('input', { code: 'publish-permission', what, remedy, where: token });
}

function tagIsUsed(what: string): Failure {
  return new Failure('input', {
    code: 'tag-used',
    what: `${what}: the tag had an immutable release, which was deleted`,
    remedy: 'Publish under a new tag: GitHub makes no second release of such a one.',
  });
}

function tooLarge(what: string, { file }: Purpose): Failure {
  return new Failure('input', {
    code: 'asset-too-large',
    what,
    remedy: 'A file of a release must have less than 2 GiB; a server of your own may allow less.',
    ...(file === null ? {} : { where: { kind: 'file', file } }),
  });
}

type Healing = Extract<
  Trouble,
  { kind: 'unreachable' | 'broken' | 'rate-limit' | 'secondary-limit' | 'server' }
>;

/** The failure of a request that may go well another time. */
export function healingFailure(trouble: Healing, { request }: Purpose, cause?: unknown): Failure {
  const fail = (code: string, what: string, remedy: string): Failure =>
    new Failure('surroundings', { code, what: `${request}: ${what}`, remedy, cause });
  switch (trouble.kind) {
    case 'unreachable':
      return fail(
        gitHubCodes.unreachable,
        `no connection (${trouble.reason})`,
        `Check the network. ${rerun}`,
      );
    case 'broken':
      return fail(gitHubCodes.failed, `the answer broke off (${trouble.reason})`, rerun);
    case 'server':
      return fail(
        gitHubCodes.failed,
        `GitHub answered ${String(trouble.status)}`,
        `Try again later. ${rerun}`,
      );
    case 'secondary-limit':
      return fail(
        gitHubCodes.rateLimit,
        'GitHub asks to send fewer requests (a secondary rate limit)',
        `Wait ${trouble.waitMs > 0 ? `${String(Math.ceil(trouble.waitMs / 1000))} seconds` : 'some minutes'}. ${rerun}`,
      );
    case 'rate-limit':
      return fail(
        gitHubCodes.rateLimit,
        'the rate limit of the token is used up',
        limitRemedy(trouble.resetAt),
      );
  }
}

function limitRemedy(resetAt: number | null): string {
  const when = resetAt === null ? 'for an hour' : `until ${new Date(resetAt).toISOString().slice(0, 19)}Z`;
  return `Wait ${when}. ${rerun}`;
}

/** An answer that came whole and is not what the API documents. */
export function strangeAnswer(request: string, problem: string): Failure {
  return new Failure('surroundings', {
    code: gitHubCodes.answer,
    what: `${request}: the answer is not that of a GitHub API: ${problem}`,
    remedy:
      'Check that GITHUB_API_URL is the address of a GitHub API and that no proxy answers in its place.',
  });
}
