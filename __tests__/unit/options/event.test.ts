import { describe, expect, test } from '@jest/globals';
import { workflowEvent, type WorkflowEvent } from '../../../src/options/event.js';
import { failureIn } from '../../support/failure-in.js';

type Env = Readonly<Record<string, string>>;

/** What the runner sets for an event. */
const started = (name: string, ref = 'refs/heads/main'): Env => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: name,
  GITHUB_REF: ref,
});

const unread = (): never => {
  throw new Error('nobody needs the event');
};

const ofRelease = (action: unknown, tag: unknown = 'v1.2.0'): object => ({
  action,
  release: { tag_name: tag },
});
const ofPull = (head: unknown): object => ({
  pull_request: { base: { repo: { full_name: 'octo/plugin' } }, head: { repo: head } },
});

const none: WorkflowEvent = { kind: 'none' };
const other: WorkflowEvent = { kind: 'other', isFork: false };
const fork: WorkflowEvent = { kind: 'other', isFork: true };

describe('what is told by the environment alone', () => {
  test.each<[string, Env, WorkflowEvent]>([
    ['no workflow', {}, none],
    ['a shell with a ref', { GITHUB_REF: 'refs/tags/v1.2.0', GITHUB_EVENT_NAME: 'push' }, none],
    ['no event', { GITHUB_ACTIONS: 'true' }, none],
    ['another machine', { ...started('push', 'refs/tags/v1.2.0'), GITHUB_ACTIONS: 'false' }, none],
    ['the push of a tag', started('push', 'refs/tags/v1.2.0'), { kind: 'tag', tag: 'v1.2.0' }],
    [
      'the push of a tag with slashes',
      started('push', 'refs/tags/plugins/hello/v1'),
      { kind: 'tag', tag: 'plugins/hello/v1' },
    ],
    ['the push of a branch', started('push'), other],
    ['the push of a branch that is called like a tag', started('push', 'refs/heads/refs/tags/v1'), other],
    ['a schedule', started('schedule'), other],
    ['a run by hand', started('workflow_dispatch'), other],
    ['a run by hand at a tag', started('workflow_dispatch', 'refs/tags/v1.2.0'), other],
  ])('%s', (_, env, expected) => {
    expect(workflowEvent(env, unread)).toEqual(expected);
  });
});

describe('what the event says', () => {
  test.each<[string, string, object, WorkflowEvent]>([
    ['a release was published', 'release', ofRelease('published'), { kind: 'tag', tag: 'v1.2.0' }],
    ['a release was made', 'release', ofRelease('created'), { kind: 'tag', tag: 'v1.2.0' }],
    ['a release was released', 'release', ofRelease('released'), { kind: 'tag', tag: 'v1.2.0' }],
    ['a pre-release was released', 'release', ofRelease('prereleased'), { kind: 'tag', tag: 'v1.2.0' }],
    ['the text of a release was edited', 'release', ofRelease('edited'), other],
    ['a release was deleted', 'release', ofRelease('deleted'), other],
    ['a pull request', 'pull_request', ofPull({ full_name: 'octo/plugin' }), other],
    ['a pull request from a fork', 'pull_request', ofPull({ full_name: 'cat/plugin' }), fork],
    ['one from a fork that is gone', 'pull_request', ofPull(null), fork],
    ['one that runs at the base', 'pull_request_target', ofPull({ full_name: 'cat/plugin' }), fork],
  ])('%s', (...[, name, payload, expected]) => {
    expect(workflowEvent(started(name), () => payload)).toEqual(expected);
  });
});

describe('an event that cannot be read', () => {
  test.each<[string, string, unknown]>([
    ['a release without an action', 'release', ofRelease(undefined)],
    ['a release without a tag', 'release', ofRelease('published', 7)],
    ['a release that is nothing', 'release', null],
    ['a pull request without a base', 'pull_request', { pull_request: {} }],
    ['a pull request that is a list', 'pull_request_target', []],
  ])('%s', (_, name, payload) => {
    expect(failureIn(() => workflowEvent(started(name), () => payload))).toMatchObject({
      kind: 'surroundings',
      code: 'event-unreadable',
      what: `the event (${name}) that started this workflow cannot be read`,
      remedy: 'Run the job again; publish: none works without it.',
    });
  });

  test('keeps why', () => {
    const cause = new Error('no such file');
    const payload = (): never => {
      throw cause;
    };
    expect(failureIn(() => workflowEvent(started('release'), payload))).toMatchObject({
      code: 'event-unreadable',
      cause,
    });
  });
});
