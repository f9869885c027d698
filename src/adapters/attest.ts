import { Failure } from '../errors.js';
import type { Reporter } from '../ports.js';
import { withToolkitOutput } from './toolkit-output.js';

export interface AttestedFile {
  readonly name: string;
  /** 64 hex digits. */
  readonly sha256: string;
}

export interface AttestTools {
  /** It must be allowed to write attestations. */
  readonly token: string;
  /** The job's environment. The client reads process.env by itself: this is to be the same. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly reporter: Reporter;
}

export interface Attestation {
  /** GitHub's number of it; null where the answer names none. */
  readonly id: string | null;
}

/**
 * Attests where the files were built: one provenance statement for all of them, signed by Sigstore for the workflow's
 * identity and kept at the repository. `gh attestation verify FILE` checks it.
 *
 * @throws Failure (input) `attest-permission` where the job lacks one of the two permissions; (surroundings)
 *   `attest-failed`
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/use-artifact-attestations/use-artifact-attestations
 */
export async function attestFiles(
  files: readonly AttestedFile[],
  { token, env, reporter }: AttestTools,
): Promise<Attestation> {
  // The runner sets it for jobs that have `id-token: write`.
  if (!env['ACTIONS_ID_TOKEN_REQUEST_URL']) throw notPermitted('GitHub gives it no identity token');
  const subjects = files.map(({ name, sha256 }) => ({ name, digest: { sha256 } }));
  const { attestProvenance } = await import('@actions/attest');
  try {
    const { attestationID } = await withToolkitOutput(() => attestProvenance({ subjects, token }), reporter);
    return { id: attestationID ?? null };
  } catch (error) {
    throw attestFailure(error);
  }
}

function attestFailure(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  // What the API says to a token without `attestations: write`.
  if (/Resource not accessible by integration/.test(text)) {
    return notPermitted('GitHub refuses to keep its attestation', error);
  }
  return new Failure('surroundings', {
    code: 'attest-failed',
    what: `the files could not be attested (${text.replace(/\s+/g, ' ').slice(0, 200)})`,
    remedy: 'Run the job again; write attest: false to publish without an attestation.',
    cause: error,
  });
}

function notPermitted(reason: string, cause?: unknown): Failure {
  return new Failure('input', {
    code: 'attest-permission',
    what: `the job may not attest: ${reason}`,
    remedy: [
      'Give it these permissions, beside those that it has:',
      'permissions:',
      '  id-token: write',
      '  attestations: write',
      'A pull request from a fork never gets them: write attest: false for it.',
    ].join('\n'),
    where: { kind: 'input', input: 'attest' },
    cause,
  });
}
