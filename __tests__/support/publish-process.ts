import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetNames } from '../../src/build/target.js';
import { serverAssets, writeOutput, type OutputChanges, type OutputGroup } from './build-output.js';
import { cli, run, runAction, type Ended } from './dist.js';
import { startGitHub, type GitHubDouble } from './github-double.js';

/** What starts a workflow. */
export interface WorkflowEvent {
  readonly name: string;
  readonly ref: string;
  readonly payload: object;
}

export const events = {
  pushOfTag: { name: 'push', ref: 'refs/tags/v1.0.0', payload: { ref: 'refs/tags/v1.0.0' } },
  pushOfBranch: { name: 'push', ref: 'refs/heads/main', payload: { ref: 'refs/heads/main' } },
  releasePublished: releaseEvent('published'),
  releaseCreated: releaseEvent('created'),
  releaseReleased: releaseEvent('released'),
  releasePrereleased: releaseEvent('prereleased'),
  releaseEdited: releaseEvent('edited'),
  byHand: { name: 'workflow_dispatch', ref: 'refs/heads/main', payload: { inputs: {} } },
  byHandAtTag: { name: 'workflow_dispatch', ref: 'refs/tags/v1.0.0', payload: { inputs: {} } },
  schedule: { name: 'schedule', ref: 'refs/heads/main', payload: { schedule: '17 5 * * *' } },
  ownPullRequest: pullRequest('octo/plugin'),
  forkPullRequest: pullRequest('cat/plugin'),
  /** Runs at the base, with a token that may write, for a pull request from a fork. */
  pullRequestTarget: { ...pullRequest('cat/plugin'), name: 'pull_request_target', ref: 'refs/heads/main' },
} as const satisfies Readonly<Record<string, WorkflowEvent>>;

function releaseEvent(action: string): WorkflowEvent {
  return { name: 'release', ref: 'refs/tags/v1.0.0', payload: { action, release: { tag_name: 'v1.0.0' } } };
}

function pullRequest(head: string): WorkflowEvent {
  const payload = {
    pull_request: { base: { repo: { full_name: 'octo/plugin' } }, head: { repo: { full_name: head } } },
  };
  return { name: 'pull_request', ref: 'refs/pull/7/merge', payload };
}

export const writeToken = 'write-token';

export interface PublishRun {
  /** GITHUB_API_URL. */
  readonly apiUrl: string;
  /** Null: outside Actions. */
  readonly event?: WorkflowEvent | null;
  /** By name, of the action; flags of the command line. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly token?: string;
  /** The folder of its publish-report.json, so that runs side by side have one each. */
  readonly output?: string;
  /** Gets the process of a command line. */
  readonly started?: (child: ChildProcess) => void;
}

/** A workspace with output folders, where `publish` is run; the servers are known to its cache. */
export interface PublishStage {
  readonly dir: string;
  readonly servers: GitHubDouble;
  /** Makes the output folder of a build, below dir. */
  build(folder: string, groups: readonly OutputGroup[], changes?: OutputChanges): void;
  action(
    request: PublishRun,
  ): Promise<Ended & { readonly outputs: Readonly<Record<string, string>>; readonly summary: string }>;
  cli(request: PublishRun): Promise<Ended>;
  /** What the last run said in its publish-report.json. */
  report(output?: string): unknown;
  close(): Promise<void>;
}

export async function startPublishStage(): Promise<PublishStage> {
  const dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-publish-'));
  const servers = await startGitHub({ assets: serverAssets(['v3.0.0', 'v2.9.1'], targetNames) });
  const inputsOf = ({ inputs = {}, output = 'published' }: PublishRun): Readonly<Record<string, string>> => ({
    'server-api-url': servers.url,
    'cache-dir': 'cache',
    output,
    folders: 'out*',
    ...inputs,
  });
  return {
    dir,
    servers,
    build: (folder, groups, changes) => void writeOutput(join(dir, folder), groups, changes),
    action: (request) =>
      runAction({
        workspace: dir,
        inputs: { mode: 'publish', token: request.token ?? writeToken, ...inputsOf(request) },
        env: jobEnvironment(dir, request),
      }),
    cli: (request) =>
      run({
        file: cli,
        args: ['publish', ...flagsOf(inputsOf(request))],
        cwd: dir,
        ...(request.started === undefined ? {} : { started: request.started }),
        env: { GITHUB_TOKEN: request.token ?? writeToken, ...jobEnvironment(dir, request) },
      }),
    report: (output = 'published') =>
      JSON.parse(readFileSync(join(dir, output, 'publish-report.json'), 'utf8')),
    close: async () => {
      await servers.close();
      rmSync(dir, { recursive: true });
    },
  };
}

function flagsOf(inputs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(inputs).flatMap(([name, value]) =>
    value === 'true' ? [`--${name}`] : [`--${name}`, value],
  );
}

/** What a runner sets for a job that an event started, whose file is written into the folder. */
export function jobEnvironment(
  dir: string,
  request: Pick<PublishRun, 'apiUrl' | 'event' | 'env'>,
): Readonly<Record<string, string>> {
  const { apiUrl, event = events.pushOfTag, env = {} } = request;
  const common = { GITHUB_API_URL: apiUrl, GOTIFY_PLUGIN_BUILD_RETRY_DELAYS: '0,0,0' };
  if (event === null) return { ...common, ...env };
  const { name, ref, payload } = event;
  const path = join(dir, `event-${name}-${ref.replaceAll('/', '-')}.json`);
  writeFileSync(path, JSON.stringify(payload));
  return {
    ...common,
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: ref,
    GITHUB_REPOSITORY: 'octo/plugin',
    GITHUB_RUN_ID: '42',
    GITHUB_JOB: 'release',
    GITHUB_RUN_ATTEMPT: '1',
    ...env,
  };
}
