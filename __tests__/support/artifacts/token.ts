/** The backend ids that a job's token carries: which run it belongs to, and which job of it. */
export interface JobIds {
  readonly run: string;
  readonly job: string;
}

/**
 * What ACTIONS_RUNTIME_TOKEN holds in a job: a JWT whose scope names the ids. Nobody checks the signature here.
 *
 * @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/util.ts (getBackendIdsFromToken)
 */
export function runtimeToken({ run, job }: JobIds): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const scp = `Actions.Example Actions.Results:${run}:${job}`;
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ scp, exp: 4_000_000_000 })}.c2lnbmF0dXJl`;
}

/** Null for a token that is none of a job. */
export function idsOf(authorization: string | undefined): JobIds | null {
  const payload = /^Bearer [^.]+\.([^.]+)\./.exec(authorization ?? '')?.[1];
  if (payload === undefined) return null;
  const claims = Buffer.from(payload, 'base64url').toString('utf8');
  const [, run, job] = /Actions\.Results:([^:" ]+):([^:" ]+)/.exec(claims) ?? [];
  return run === undefined || job === undefined ? null : { run, job };
}
