import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import * as v from 'valibot';
import { startReleases } from '../../__tests__/support/releases/server.js';
import { startReleasesProcess } from '../../__tests__/support/releases/process.js';
import { measure, time, type Comparison, type Measured } from './measure.js';
import { root, type Plugin } from './plugin.js';
import { emptyScript } from './process.js';

const megabyte = 2 ** 20;
const latencyMs = 50;

/** Ten files of 25 MB to a release, with a double that takes 50 ms a request, against the bare requests. */
export async function benchPublish(plugin: Plugin, runs: number): Promise<Measured[]> {
  const folder = join(plugin.dir, 'to-publish');
  await writeFiles(folder, 25);
  const ours = await scriptOf('publish-ours', plugin.dir);
  const bare = await scriptOf('publish-bare', plugin.dir);
  const sent: Comparison = {
    name: 'ten files of 25 MB to a release, 50 ms a request',
    ours: () => publish(ours, folder),
    against: 'the same bytes and round trips by node:http',
    baseline: () => publish(bare, folder),
    limit: 1.3,
  };
  return [await measure(sent, runs), await nothingToDo(plugin, runs * 4)];
}

async function writeFiles(folder: string, megabytes: number): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (let count = 0; count < 10; count++) {
    const name = `hello-linux-amd64-for-gotify-v3.0.${String(count)}.so`;
    await writeFile(join(folder, name), randomBytes(megabytes * megabyte));
  }
}

async function scriptOf(name: string, dir: string): Promise<string> {
  const file = join(dir, `${name}.js`);
  const bundle = await rolldown({ input: join(root, `scripts/bench/${name}.ts`), platform: 'node' });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  return file;
}

const answerSchema = v.object({ kind: v.literal('published'), seconds: v.number(), megabytes: v.number() });

/** Seconds of the publishing itself, to a double of its own: hashing the files belongs to their build. */
async function publish(script: string, folder: string): Promise<number> {
  const double = await startReleasesProcess({ latencyMs });
  try {
    const { stdout } = await time({ program: process.execPath, args: [script, double.apiUrl, folder] });
    return v.parse(answerSchema, JSON.parse(stdout)).seconds;
  } finally {
    await double.close();
  }
}

/** The follower on a release that lacks nothing; nothing is in its cache, and the double answers at once. */
async function nothingToDo(plugin: Plugin, runs: number): Promise<Measured> {
  const double = await startReleases({ releases: [{ tag: 'v1.0.0', assets: wholeRelease(plugin) }] });
  const env = { ...process.env, GITHUB_API_URL: double.apiUrl, GITHUB_TOKEN: 'write-token' };
  const cache = join(plugin.dir, 'follower-cache');
  const flags = {
    ...{ path: plugin.source, server: plugin.server.version, targets: 'amd64', repository: 'octo/plugin' },
    ...{ 'server-api-url': plugin.apiUrl, 'cache-dir': cache, output: join(plugin.dir, 'followed') },
  };
  const args = [
    ...[join(root, 'dist/cli.js'), 'build', '--skip-existing'],
    ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
  ];
  const ours = async (): Promise<number> => {
    await rm(cache, { recursive: true, force: true });
    const { seconds, stdout } = await time({ program: process.execPath, args, env });
    if (!stdout.includes('has everything already')) throw new Error(`it had something to do:\n${stdout}`);
    return seconds;
  };
  const empty = await emptyScript(plugin.dir);
  const bare = await scriptOf('follow-bare', plugin.dir);
  // Three empty scripts and the round trips once: that is three times this.
  const baseline = async (): Promise<number> => {
    const alone = await empty();
    const asking = await time({ program: process.execPath, args: [bare, double.apiUrl, plugin.apiUrl] });
    return alone + Math.max(0, asking.seconds - alone) / 3;
  };
  const against = 'an empty Node script, with a third of its round trips';
  try {
    return await measure({ name: 'follower with nothing to do', ours, against, baseline, limit: 3 }, runs);
  } finally {
    await double.close();
  }
}

function wholeRelease({ server }: Plugin): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const file = `webhook-linux-amd64-for-gotify-${server.version}.so`;
  const bytes = Buffer.from('a plugin');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const note = { target: 'linux-amd64', goVersion: server.goVersion, servers: [server.version], modules: [] };
  const entry = {
    file,
    commit: null,
    sha256,
    size: bytes.length,
    ...note,
    verdict: { kind: 'loads', compared: 300 },
  };
  const index = { schema: 1, tag: 'v1.0.0', plugin: 'example.org/webhook', runs: [], files: [entry] };
  return [
    { name: file, bytes },
    { name: 'checksums.txt', bytes: Buffer.from(`${sha256}  ${file}\n`) },
    { name: 'gotify-plugin.json', bytes: Buffer.from(`${JSON.stringify(index, null, 2)}\n`) },
  ];
}
