import { Failure } from '../errors.js';

/** What started the workflow, as far as publishing looks at it. */
export type WorkflowEvent =
  /** No workflow. */
  | { readonly kind: 'none' }
  /** A tag was pushed, or its release made or published. */
  | { readonly kind: 'tag'; readonly tag: string }
  /** `isFork`: a pull request from a fork, whose token can write nothing. */
  | { readonly kind: 'other'; readonly isFork: boolean };

type Env = Readonly<Record<string, string | undefined>>;

const releaseActions: ReadonlySet<string> = new Set(['published', 'created', 'released', 'prereleased']);

/**
 * Reads what started the workflow.
 *
 * @param payload gives the event's JSON (GITHUB_EVENT_PATH); called only where it matters
 * @throws Failure (surroundings) `event-unreadable`
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function workflowEvent(env: Env, payload: () => unknown): WorkflowEvent {
  const { GITHUB_ACTIONS: isActions, GITHUB_EVENT_NAME: name = '', GITHUB_REF: ref = '' } = env;
  if (isActions !== 'true' || name === '') return { kind: 'none' };
  const pushed = /^refs\/tags\/(.+)$/s.exec(ref)?.[1];
  if (name === 'push' && pushed !== undefined) return { kind: 'tag', tag: pushed };
  if (name === 'release') {
    const event = read(name, payload);
    const [action, tag] = [textAt(event, ['action']), textAt(event, ['release', 'tag_name'])];
    if (action === null || tag === null) throw unreadable(name);
    if (releaseActions.has(action)) return { kind: 'tag', tag };
  }
  if (!/^pull_request(_target)?$/.test(name)) return { kind: 'other', isFork: false };
  const event = read(name, payload);
  const base = textAt(event, ['pull_request', 'base', 'repo', 'full_name']);
  if (base === null) throw unreadable(name);
  // A fork that was deleted meanwhile has no repository any more.
  return { kind: 'other', isFork: textAt(event, ['pull_request', 'head', 'repo', 'full_name']) !== base };
}

function read(name: string, payload: () => unknown): unknown {
  try {
    return payload();
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** The text at a path of keys; null where something else is there. */
function textAt(value: unknown, keys: readonly string[]): string | null {
  let found = value;
  for (const key of keys) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : null;
  }
  return typeof found === 'string' ? found : null;
}

function unreadable(name: string, cause?: unknown): Failure {
  return new Failure('surroundings', {
    code: 'event-unreadable',
    what: `the event (${name}) that started this workflow cannot be read`,
    remedy: 'Run the job again; publish: none works without it.',
    cause,
  });
}

/** Whether this process can upload artifacts: GitHub gives these to actions alone, and a job can hand them on to its commands. */
export function hasArtifacts(env: Env): boolean {
  return ['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN'].every((name) => (env[name] ?? '') !== '');
}
