import { json, notFound, refuse, text, type Answer } from './answers.js';
import type { Repository } from './state.js';

/** @see https://docs.github.com/en/rest/git/refs#get-a-reference */
export function refAnswer(repository: Repository, name: string): Answer {
  const found = refs(repository).find(({ ref }) => ref === `refs/${name}`);
  if (found === undefined) throw notFound();
  return json(200, found);
}

/**
 * All refs that begin so; none is no error.
 *
 * @see https://docs.github.com/en/rest/git/refs#list-matching-references
 */
export function refsAnswer(repository: Repository, name: string): Answer {
  return json(
    200,
    refs(repository).filter(({ ref }) => ref.startsWith(`refs/${name}`)),
  );
}

/**
 * What an annotated tag is on.
 *
 * @see https://docs.github.com/en/rest/git/tags#get-a-tag
 */
export function tagAnswer({ tags, annotated }: Repository, sha: string): Answer {
  const found = [...tags].find(([name]) => annotated.get(name) === sha);
  if (found === undefined) throw notFound();
  const [tag, commit] = found;
  return json(200, { sha, tag, message: tag, object: { type: 'commit', sha: commit } });
}

/** @see https://docs.github.com/en/rest/commits/commits#get-a-commit */
export function commitAnswer(repository: Repository, name: string, accept: string): Answer {
  const short = name.replace(/^(?:refs\/)?(?:heads|tags)\//, '');
  const known = [...repository.branches.values(), ...repository.tags.values()];
  const commit =
    repository.branches.get(short) ??
    repository.tags.get(short) ??
    (/^[0-9a-f]{7,40}$/.test(short) ? known.find((each) => each.startsWith(short)) : undefined);
  if (commit === undefined) throw refuse(422, `No commit found for SHA: ${name}`);
  if (accept.includes('.sha')) return text(200, commit, 'application/vnd.github.sha; charset=utf-8');
  const when = { name: 'octo', email: 'octo@example.org', date: '2026-01-01T00:00:00Z' };
  return json(200, { sha: commit, commit: { author: when, committer: when, message: name } });
}

interface Ref {
  readonly ref: string;
  readonly object: { readonly type: 'commit' | 'tag'; readonly sha: string };
}

/** An annotated tag leads to an object of its own; get-a-commit follows it, and a ref does not. */
function refs({ tags, annotated, branches }: Repository): readonly Ref[] {
  return [
    ...[...branches].map(([name, sha]): Ref => ({
      ref: `refs/heads/${name}`,
      object: { type: 'commit', sha },
    })),
    ...[...tags].map(([name, sha]): Ref => {
      const object = annotated.get(name);
      return {
        ref: `refs/tags/${name}`,
        object: object === undefined ? { type: 'commit', sha } : { type: 'tag', sha: object },
      };
    }),
  ];
}
