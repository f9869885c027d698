import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { gitHubSource } from '../../../src/adapters/github-source.js';
import { createRunner } from '../../../src/adapters/runner.js';
import { layOutSource } from '../../../src/pipeline/plugin-source.js';
import type { SourceApi, SourceTree } from '../../../src/pipeline/source-from-api.js';
import { failureOf } from '../../support/failure.js';
import { startReleases } from '../../support/releases/server.js';

// Real git and tar; GitHub's archives are made by the double, with real git.

let dir: string;
let checkout: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plugin source '));
  checkout = join(dir, 'checkout');
  mkdirSync(join(checkout, 'plugins', 'hello'), { recursive: true });
  mkdirSync(join(dir, 'scratch'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const noApi: SourceApi = {
  commitOfTag: () => Promise.reject(new Error('the API was asked for a commit')),
  tree: () => Promise.reject(new Error('the API was asked for the files')),
  download: () => Promise.reject(new Error('the API was asked for the source')),
};

interface Place {
  readonly base?: string;
  readonly path?: string;
  readonly source?: SourceApi;
}

function layOut(commit: string, place: Place = {}): Promise<string> {
  const { base = checkout, path = join(base, 'plugins', 'hello'), source = noApi } = place;
  return layOutSource(
    { commit, options: { base, path }, dir: join(dir, 'scratch') },
    { runner: createRunner(), files: createFiles(), env: process.env, source },
  );
}

/** Over the API alone, from a double that has the checkout's commits; `gives` may change what it says. */
async function layOutFromGitHub(
  commit: string,
  gives: (api: SourceApi) => Partial<SourceApi> = () => ({}),
): Promise<string> {
  const double = await startReleases({ source: checkout });
  const empty = join(dir, 'no checkout');
  mkdirSync(empty, { recursive: true });
  try {
    const { apiUrl, repository } = double;
    const api = gitHubSource({ apiUrl, repository, token: 'read-token', retryDelaysMs: [0] });
    return await layOut(commit, { base: empty, source: { ...api, ...gives(api) } });
  } finally {
    await double.close();
  }
}

function gitOf(folder: string): (...args: string[]) => string {
  const identity = ['-c', 'user.name=octo', '-c', 'user.email=octo@example.org'];
  const own = ['-c', 'protocol.file.allow=always', '-C', folder, ...identity];
  return (...args) => execFileSync('git', [...own, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

const git = (...args: string[]): string => gitOf(checkout)(...args);

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
  }
}

function commitAll(): string {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
  return git('rev-parse', 'HEAD');
}

function commitFile(text: string): string {
  write({ 'plugins/hello/plugin.go': text });
  return commitAll();
}

const laidOut = (path: string): string => readFileSync(join(dir, 'scratch', 'source', path), 'utf8');

/** Everything in a folder but git's own, with content, kind and whether it can be run. */
function everything(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      !/^\.git($|\/)/.test(path) && !statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory(),
  );
  const described = paths.map((path) => {
    const stat = lstatSync(join(folder, path));
    if (stat.isSymbolicLink()) return [path, `-> ${readlinkSync(join(folder, path))}`];
    return [path, `${(stat.mode & 0o100) === 0 ? '' : 'runs '}${readFileSync(join(folder, path), 'latin1')}`];
  });
  return Object.fromEntries(described.sort());
}

const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 3\n';

/** What an archive and a checkout may see differently, and links, modes and line ends. */
const attributes = [
  'internal/secret export-ignore',
  'version.txt export-subst',
  '*.bat text eol=crlf',
  '*.zip -text',
].join('\n');

test('is what the commit has, not what the branch has meanwhile', async () => {
  git('init', '--quiet');
  const released = commitFile('released');
  commitFile('ahead');
  writeFileSync(join(checkout, 'plugins', 'hello', 'plugin.go'), 'not even committed');

  const folder = await layOut(released);

  expect(folder).toBe(join(dir, 'scratch', 'source', 'plugins', 'hello'));
  expect(readFileSync(join(folder, 'plugin.go'), 'utf8')).toBe('released');
  expect(readFileSync(join(checkout, 'plugins', 'hello', 'plugin.go'), 'utf8')).toBe('not even committed');
  expect(git('status', '--porcelain')).toBe('M plugins/hello/plugin.go');
});

describe('from git', () => {
  function fullCommit(): string {
    git('init', '--quiet');
    write({
      '.gitattributes': attributes,
      'plugins/hello/plugin.go': 'package main\n',
      'internal/secret/secret.go': 'package secret\n',
      'version.txt': '$Format:%H$\n',
      'build.bat': 'a\nb\n',
      'data.zip': 'a\r\nb\n',
      'run.sh': '#!/bin/sh\n',
      'a file with\nodd \u00e4 name': 'x',
    });
    chmodSync(join(checkout, 'run.sh'), 0o755);
    symlinkSync('nowhere', join(checkout, 'link'));
    return commitAll();
  }

  test('is all that a checkout has, as it has it', async () => {
    const released = fullCommit();
    // Other attributes than the commit's.
    write({ '.gitattributes': '*.txt text eol=crlf\n*.bat -text\n' });
    commitFile('ahead');
    gitOf(dir)('clone', '--quiet', '--no-checkout', checkout, 'fresh');
    gitOf(join(dir, 'fresh'))('checkout', '--quiet', released);

    await layOut(released);

    const expected = everything(join(dir, 'fresh'));
    expect(everything(join(dir, 'scratch', 'source'))).toEqual(expected);
    expect(expected).toMatchObject({
      'internal/secret/secret.go': 'package secret\n',
      'version.txt': '$Format:%H$\n',
      'build.bat': 'a\r\nb\r\n',
      'run.sh': 'runs #!/bin/sh\n',
      link: '-> nowhere',
    });
  });

  test('leaves the repository alone: its index, its files, its hooks', async () => {
    const released = fullCommit();
    commitFile('ahead');
    for (const hook of ['post-checkout', 'post-index-change', 'pre-auto-gc']) {
      const file = join(checkout, '.git', 'hooks', hook);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\ntouch '${join(dir, 'a hook ran')}'\n`, { mode: 0o755 });
    }
    git('config', 'core.splitIndex', 'true');
    git('config', 'core.sparseCheckout', 'true');
    writeFileSync(join(checkout, '.git', 'info', 'sparse-checkout'), '/plugins/\n');
    const index = (): readonly string[] => [
      ...readdirSync(join(checkout, '.git')),
      readFileSync(join(checkout, '.git', 'index'), 'latin1'),
    ];
    const before = [index(), everything(checkout)];

    await layOut(released);

    expect([index(), everything(checkout)]).toEqual(before);
    expect(existsSync(join(dir, 'a hook ran'))).toBe(false);
    expect(laidOut('run.sh')).toBe('#!/bin/sh\n');
  });

  test('goes through the filters that git is configured to use', async () => {
    git('init', '--quiet');
    write({ '.gitattributes': '*.bin filter=lfs\n', 'plugins/hello/logo.bin': pointer });
    const released = commitAll();
    // What `git lfs install` does, with another program.
    git('config', 'filter.lfs.smudge', 'echo the file itself');
    git('config', 'filter.lfs.required', 'true');

    await layOut(released);

    expect(laidOut('plugins/hello/logo.bin')).toBe('the file itself\n');
  });

  test('is refused where only the pointers of Git LFS are there', async () => {
    git('init', '--quiet');
    write({ '.gitattributes': '*.bin filter=lfs\n', 'plugins/hello/logo.bin': pointer });
    expect(await failureOf(layOut(commitAll()))).toMatchObject({
      kind: 'input',
      code: 'lfs-pointer',
      where: { kind: 'file', file: 'plugins/hello/logo.bin' },
      remedy: expect.stringContaining('lfs: true'),
    });
  });

  test('may have a text that looks like a pointer, and small files that Git LFS has', async () => {
    git('init', '--quiet');
    write({
      '.gitattributes': '*.bin filter=lfs\n',
      'plugins/hello/testdata/pointer.txt': pointer,
      'plugins/hello/logo.bin': 'fetched',
    });
    await layOut(commitAll());
    expect(laidOut('plugins/hello/testdata/pointer.txt')).toBe(pointer);
  });
});

describe('with a submodule', () => {
  function withSubmodule(): { readonly released: string; readonly part: string } {
    const part = join(dir, 'part');
    mkdirSync(part);
    gitOf(part)('init', '--quiet');
    writeFileSync(join(part, 'part.go'), 'package part\n');
    gitOf(part)('add', '--all');
    gitOf(part)('commit', '--quiet', '--message', 'part');
    git('init', '--quiet');
    write({ 'plugins/hello/plugin.go': 'package main\n' });
    git('submodule', '--quiet', 'add', part, 'plugins/hello/part');
    const released = commitAll();
    // The branch has a newer one.
    writeFileSync(join(part, 'part.go'), 'package part // newer\n');
    gitOf(part)('commit', '--quiet', '--all', '--message', 'newer');
    gitOf(join(checkout, 'plugins/hello/part'))('pull', '--quiet');
    commitAll();
    return { released, part };
  }

  test('has it at the commit that belongs to the release', async () => {
    await layOut(withSubmodule().released);
    expect(laidOut('plugins/hello/part/part.go')).toBe('package part\n');
  });

  const refusal = {
    kind: 'input',
    code: 'no-submodule',
    where: { kind: 'file', file: 'plugins/hello/part' },
    remedy: expect.stringContaining('submodules: recursive'),
  };

  test('is refused where the checkout does not have it', async () => {
    const { released } = withSubmodule();
    git('submodule', '--quiet', 'deinit', '--force', '--all');
    expect(await failureOf(layOut(released))).toMatchObject(refusal);
  });

  test('is refused where the checkout has it without that commit', async () => {
    const { released, part } = withSubmodule();
    rmSync(join(checkout, 'plugins/hello/part'), { recursive: true });
    execFileSync(
      'git',
      ['clone', '--quiet', '--depth', '1', `file://${part}`, join(checkout, 'plugins/hello/part')],
      {
        stdio: 'pipe',
      },
    );
    expect(await failureOf(layOut(released))).toMatchObject(refusal);
  });

  test('is refused over the API', async () => {
    expect(await failureOf(layOutFromGitHub(withSubmodule().released))).toMatchObject(refusal);
  });
});

describe('over the API', () => {
  test('comes where git does not have the commit', async () => {
    git('init', '--quiet');
    const released = commitFile('released');
    execFileSync('git', ['clone', '--quiet', checkout, join(dir, 'origin')], { stdio: 'pipe' });
    rmSync(join(checkout, '.git'), { recursive: true });
    git('init', '--quiet');
    commitFile('ahead');
    const double = await startReleases({ source: join(dir, 'origin') });
    try {
      const { apiUrl, repository } = double;
      const source = gitHubSource({ apiUrl, repository, token: 'read-token', retryDelaysMs: [0] });
      const folder = await layOut(released, { source });
      expect(readFileSync(join(folder, 'plugin.go'), 'utf8')).toBe('released');
    } finally {
      await double.close();
    }
  });

  test('has files, links and line ends as a checkout has them, from the base of paths on', async () => {
    git('init', '--quiet');
    write({
      '.gitattributes': '*.bat text eol=crlf\n*.zip -text\n',
      'plugins/hello/plugin.go': 'package main\n',
      'build.bat': 'a\nb\n',
      'data.zip': 'a\r\nb\n',
      'run.sh': '#!/bin/sh\n',
    });
    chmodSync(join(checkout, 'run.sh'), 0o755);
    symlinkSync('nowhere', join(checkout, 'link'));
    const released = commitAll();
    gitOf(dir)('clone', '--quiet', checkout, 'fresh');

    const folder = await layOutFromGitHub(released);

    expect(folder).toBe(join(dir, 'scratch', 'source', 'plugins', 'hello'));
    expect(everything(join(dir, 'scratch', 'source'))).toEqual(everything(join(dir, 'fresh')));
  });

  test.each([
    ['leaves a file out', { 'internal/secret/secret.go': 'x' }, 'it lacks internal/secret/secret.go'],
    ['changes a file', { 'version.txt': '$Format:%H$\n' }, 'it has another version.txt'],
  ])('is refused where the archive %s', async (_, files, what) => {
    git('init', '--quiet');
    // The attributes themselves may be left out, too.
    write({ '.gitattributes': attributes, 'plugins/hello/plugin.go': 'package main\n', ...files });
    const failure = await failureOf(layOutFromGitHub(commitAll()));
    expect(failure).toMatchObject({ kind: 'input', code: 'source-differs' });
    expect(failure.what).toContain(what);
    expect(failure.remedy).toContain('fetch-depth: 0');
  });

  test('is refused where it has a pointer of Git LFS', async () => {
    git('init', '--quiet');
    write({ 'plugins/hello/logo.bin': pointer });
    expect(await failureOf(layOutFromGitHub(commitAll()))).toMatchObject({
      kind: 'input',
      code: 'lfs-pointer',
      where: { kind: 'file', file: 'plugins/hello/logo.bin' },
    });
  });

  test('is refused where GitHub lists only a part of the files', async () => {
    git('init', '--quiet');
    const released = commitFile('released');
    const part = (api: SourceApi): Partial<SourceApi> => ({
      tree: async (commit): Promise<SourceTree> => ({ ...(await api.tree(commit)), isWhole: false }),
    });
    expect(await failureOf(layOutFromGitHub(released, part))).toMatchObject({ code: 'source-differs' });
  });

  test('is a failure of the surroundings where what came is no archive', async () => {
    git('init', '--quiet');
    const released = commitFile('released');
    const broken = (): Partial<SourceApi> => ({
      download: (_, file) => Promise.resolve(writeFileSync(file, 'Not Found')),
    });
    expect(await failureOf(layOutFromGitHub(released, broken))).toMatchObject({
      kind: 'surroundings',
      code: 'no-source',
    });
  });
});

test('is refused where the commit has no such folder', async () => {
  git('init', '--quiet');
  writeFileSync(join(checkout, 'README.md'), 'no plugin yet');

  expect(await failureOf(layOut(commitAll()))).toMatchObject({
    kind: 'input',
    code: 'no-such-folder',
    where: { kind: 'input', input: 'path' },
  });
});

test('is refused for a folder outside of the repository', async () => {
  const path = join(dir, 'elsewhere');
  mkdirSync(path);
  expect(await failureOf(layOut('c'.repeat(40), { path }))).toMatchObject({
    kind: 'input',
    code: 'outside-repository',
  });
});
