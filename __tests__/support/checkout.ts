import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { actionNode, cli, run, runAction, type Ended } from './dist.js';

/** Against v3.0.0: gin differs, net differs, sys and text are equal, gjson is the plugin's own. */
export const before = `module example.org/echo

go 1.25.0

toolchain go1.27.0

require (
	github.com/gin-gonic/gin v1.11.0
	github.com/gotify/plugin-api v1.0.0
	github.com/tidwall/gjson v1.18.0
)

require (
	golang.org/x/net v0.50.0 // indirect
	golang.org/x/sys v0.46.0 // indirect
	golang.org/x/text v0.30.0 // indirect
)
`;

/** The toolchain line and text are mended, net is farther away, sys is new. */
export const after = before
  .replace('toolchain go1.27.0\n\n', '')
  .replace('net v0.50.0', 'net v0.40.0')
  .replace('sys v0.46.0', 'sys v0.45.0')
  .replace('text v0.30.0', 'text v0.38.0');

/** What a job has on its runner: a checkout, a cache, and the event that started it. */
export interface Checkout {
  readonly dir: string;
  readonly workspace: string;
  readonly cacheDir: string;
  /** Path below the workspace -> text; folders are made. */
  write(files: Readonly<Record<string, string>>): void;
  /** Runs git in the workspace, and gives what it prints. */
  git(...args: readonly string[]): string;
  remove(): void;
}

export function createCheckout(files: Readonly<Record<string, string>>): Checkout {
  const dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-check-'));
  const workspace = join(dir, 'workspace');
  const write: Checkout['write'] = (texts) => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
  };
  mkdirSync(workspace);
  write(files);
  const git: Checkout['git'] = (...args) =>
    execFileSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@example.org', ...args], {
      cwd: workspace,
      encoding: 'utf8',
    }).trim();
  return {
    dir,
    workspace,
    cacheDir: join(dir, 'cache'),
    write,
    git,
    remove: () => rmSync(dir, { recursive: true }),
  };
}

/** The event of a pull request to `owner/plugin`, as GitHub writes it, as far as anybody reads it. */
export function pullRequest(baseSha: string, head = 'owner/plugin', headSha = 'f'.repeat(40)): object {
  const [login] = head.split('/');
  return {
    action: 'synchronize',
    number: 7,
    pull_request: {
      base: { ref: 'main', sha: baseSha, repo: { full_name: 'owner/plugin', private: false } },
      head: {
        ref: 'bump',
        sha: headSha,
        repo: { full_name: head, fork: head !== 'owner/plugin', owner: { login } },
      },
    },
    repository: { full_name: 'owner/plugin' },
  };
}

/** The event of a merge queue for `owner/plugin`. */
export function mergeGroup(baseSha: string): object {
  return {
    action: 'checks_requested',
    merge_group: {
      head_sha: 'e'.repeat(40),
      head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-0',
      base_sha: baseSha,
      base_ref: 'refs/heads/main',
    },
    repository: { full_name: 'owner/plugin' },
  };
}

export interface CheckRequest {
  readonly checkout: Checkout;
  /** The address of the API, for servers and for the base. */
  readonly api: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly content: object };
  readonly env?: Readonly<Record<string, string>>;
}

export type CheckEnded = Awaited<ReturnType<typeof runAction>> & {
  /** report.json; null: none was written. */
  readonly report: unknown;
};

/** The shipped action as a check of lines; what differs from run to run is named, so that it can be compared. */
export async function runCheckAction(request: CheckRequest): Promise<CheckEnded> {
  const { checkout, api, inputs = {}, event = { name: 'push', content: {} }, env = {} } = request;
  const { workspace, dir, cacheDir } = checkout;
  const eventFile = join(dir, 'event.json');
  writeFileSync(eventFile, JSON.stringify(event.content));
  const ended = await runAction({
    workspace,
    inputs: { mode: 'check', compile: 'false', 'server-api-url': api, 'cache-dir': cacheDir, ...inputs },
    env: {
      HOME: dir,
      GITHUB_API_URL: api,
      GITHUB_REPOSITORY: 'owner/plugin',
      GITHUB_ACTION_REPOSITORY: 'org/gotify-plugin-build',
      GITHUB_ACTION_REF: 'v1',
      GITHUB_EVENT_NAME: event.name,
      GITHUB_EVENT_PATH: eventFile,
      ...env,
    },
  });
  const named = (text: string): string => withNames(text, { workspace, api });
  return {
    ...ended,
    stdout: named(ended.stdout),
    stderr: named(ended.stderr),
    summary: named(ended.summary),
    outputs: Object.fromEntries(Object.entries(ended.outputs).map(([name, text]) => [name, named(text)])),
    report: readReport(workspace, named),
  };
}

/** The shipped command line as a check of lines, the same way. */
export async function runCheckCommand(
  request: Pick<CheckRequest, 'checkout' | 'api' | 'env'> & {
    readonly args?: readonly string[];
    readonly node?: string;
  },
): Promise<Ended & { readonly report: unknown }> {
  const { checkout, api, args = [], env = {}, node = actionNode } = request;
  const { workspace, cacheDir, dir } = checkout;
  const ended = await run({
    file: cli,
    args: ['check', '--compile', 'false', '--server-api-url', api, '--cache-dir', cacheDir, ...args],
    cwd: workspace,
    env: { HOME: dir, ...env },
    node,
  });
  const named = (text: string): string => withNames(text, { workspace, api });
  return {
    ...ended,
    stdout: named(ended.stdout),
    stderr: named(ended.stderr),
    report: readReport(workspace, named),
  };
}

/** The annotations in a log, as the runner takes them. */
export function annotationsOf({ stdout }: CheckEnded): readonly string[] {
  return stdout.split('\n').filter((line) => /^::(?:error|warning|notice)/.test(line));
}

/** `module since` of each finding of the first check. */
export function sinces({ report }: CheckEnded): readonly string[] {
  const { plugins } = report as {
    plugins: { checks: { findings: { module: string; since: string | null }[] }[] }[];
  };
  return (plugins[0]?.checks[0]?.findings ?? []).map(({ module, since }) => `${module} ${String(since)}`);
}

function withNames(text: string, { workspace, api }: { workspace: string; api: string }): string {
  // In a summary each character with a meaning is an entity.
  const inSummary = api.replaceAll(':', '&#58;');
  return text
    .replaceAll(workspace, '<workspace>')
    .replaceAll(api, '<api>')
    .replaceAll(inSummary, '<api>')
    .replaceAll(cli, '<cli.js>');
}

function readReport(workspace: string, named: (text: string) => string): unknown {
  let text: string;
  try {
    text = readFileSync(join(workspace, 'dist-plugins/report.json'), 'utf8');
  } catch {
    return null;
  }
  const report: unknown = JSON.parse(named(text));
  return report;
}
