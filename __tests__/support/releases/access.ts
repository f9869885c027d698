import { notFound, refuse } from './answers.js';
import type { TokenRules } from './options.js';

/** What a request may do: see what all may see, read with the token, or push. */
export type Access = 'public' | 'none' | 'read' | 'write';

function tokenOf(authorization: string): string {
  return /^(?:token|bearer) +(.+)$/i.exec(authorization)?.[1] ?? '';
}

interface Gate {
  readonly isPrivate: boolean;
  readonly tokens: Readonly<Record<string, TokenRules>>;
}

/** Who may do what with the repository; counts how often each token was used. */
export class Gatekeeper {
  readonly #gate: Gate;
  readonly #used = new Map<string, number>();

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  /**
   * @see https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api
   * @throws Refusal 401 for a token that is unknown or has expired
   */
  accessOf(authorization: string | undefined): Access {
    if (authorization === undefined) return 'public';
    const token = tokenOf(authorization);
    const rules = this.#gate.tokens[token];
    const used = (this.#used.get(token) ?? 0) + 1;
    this.#used.set(token, used);
    // A job's token ends when the job does, or after 24 hours:
    // https://docs.github.com/en/actions/concepts/security/github_token
    const isOver = rules?.expiresAfter !== undefined && used > rules.expiresAfter;
    if (rules === undefined || isOver) throw refuse(401, 'Bad credentials');
    return rules.contents;
  }

  /** Milliseconds that each upload of the token is under way. */
  uploadMs(authorization: string | undefined): number {
    return this.#gate.tokens[tokenOf(authorization ?? '')]?.uploadMs ?? 0;
  }

  /**
   * A private repository is not even there for who may not read it.
   *
   * @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource
   */
  requireRead(access: Access): void {
    if (this.#gate.isPrivate && access !== 'read' && access !== 'write') throw notFound();
  }

  /**
   * The header says which permission is missing.
   *
   * @see https://github.blog/changelog/2023-08-10-x-accepted-github-permissions-header-for-fine-grained-permission-actors
   * @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible
   */
  requireWrite(access: Access): void {
    this.requireRead(access);
    if (access === 'public') throw refuse(401, 'Requires authentication');
    if (access === 'write') return;
    const headers = { 'x-accepted-github-permissions': 'contents=write' };
    throw refuse(403, 'Resource not accessible by integration', headers);
  }
}
