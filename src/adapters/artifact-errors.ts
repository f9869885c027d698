import { Failure } from '../errors.js';

const otherwise = 'Write publish: none to go without artifacts.';

export function notInActions(): Failure {
  return new Failure('surroundings', {
    code: 'artifact-unavailable',
    what: 'there is nowhere to upload artifacts to: ACTIONS_RESULTS_URL and ACTIONS_RUNTIME_TOKEN are not set',
    remedy: `Only a job of GitHub Actions has artifacts. ${otherwise}`,
  });
}

/** The name is taken, and not by an earlier attempt of the same job. */
export function artifactExists(name: string, cause?: unknown): Failure {
  return new Failure('surroundings', {
    code: 'artifact-exists',
    what: `the artifact ${name} is there already in this run: another job or step uploaded it`,
    remedy:
      'Give each job a name of its own by artifact-name, for instance with a value of its matrix in it.',
    cause,
  });
}

/** What an error of @actions/artifact means. Its own classes are lost on the way: only the texts tell them apart. */
export function artifactFailure(error: unknown, name: string): Failure {
  const reason = reasonOf(error);
  if (/\(409\)/.test(reason)) return artifactExists(name, error);
  const { code, what, remedy } = explain(reason);
  return new Failure('surroundings', { code, what: `the artifact ${name} ${what}`, remedy, cause: error });
}

interface Explained {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

/**
 * @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/errors.ts
 * @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/artifact-twirp-client.ts
 */
function explain(reason: string): Explained {
  if (/not currently supported on GHES/.test(reason)) {
    return {
      code: 'artifact-unsupported',
      what: 'cannot be uploaded: GitHub Enterprise Server does not have artifacts of this kind',
      remedy: `${otherwise} The files stay in the output folder, where another action can take them.`,
    };
  }
  if (/storage quota has been hit/i.test(reason)) {
    return {
      code: 'artifact-quota',
      what: 'was refused: the storage that GitHub gives for artifacts is used up',
      remedy: `Delete old artifacts or lower retention-days. ${otherwise}`,
    };
  }
  if (/\(40[13]\)/.test(reason)) {
    return {
      code: 'artifact-permission',
      what: `was refused (${reason})`,
      remedy:
        "The job's token may have expired, as it does when the job runs for too long. Run the job again.",
    };
  }
  return { code: 'artifact-failed', what: `could not be uploaded (${reason})`, remedy: 'Run the job again.' };
}

/** One line, not too long. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // eslint-disable-next-line no-control-regex -- they are what has to go
  return text.replace(/[\u0000-\u0020\u007f]+/g, ' ').slice(0, 200);
}
