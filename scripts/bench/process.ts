import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import * as v from 'valibot';
import { ours } from './build.js';
import { measure, time, type Comparison, type Measured } from './measure.js';
import { root, type Plugin } from './plugin.js';

// Short processes, against a Node script that does nothing.

export async function emptyScript(dir: string): Promise<() => Promise<number>> {
  const file = join(dir, 'empty.js');
  await writeFile(join(dir, 'package.json'), '{"type": "module"}\n');
  await writeFile(file, '');
  return async () => (await time({ program: process.execPath, args: [file] })).seconds;
}

/** Two mistakes: one that the inputs show by themselves, and one that is found in the plugin's folder. */
export async function benchInputError(dir: string, runs: number): Promise<Measured[]> {
  const cwd = join(dir, 'no plugin');
  await mkdir(cwd, { recursive: true });
  const shared = { against: 'an empty Node script', baseline: await emptyScript(dir) };
  const failing = (script: string, args: readonly string[], env: NodeJS.ProcessEnv) => async () => {
    const run = { program: process.execPath, args: [join(root, 'dist', script), ...args], cwd, exitCode: 2 };
    // As on the first day: no run before it has kept V8's code of the command line.
    const first = { ...process.env, XDG_CACHE_HOME: join(dir, 'no-cache') };
    return (await time({ ...run, env: { ...first, ...env } })).seconds;
  };
  const commandLine = (mistake: string, ...args: string[]): Comparison => ({
    ...shared,
    name: `${mistake}, command line`,
    ours: failing('cli.js', ['build', ...args], {}),
    limit: 2,
  });
  const action = (mistake: string, env: NodeJS.ProcessEnv): Comparison => ({
    ...shared,
    name: `${mistake}, action`,
    ours: failing('action.js', [], env),
    limit: 3,
  });
  const comparisons = [
    commandLine('a target that is none', '--targets', 'windows'),
    action('a target that is none', { INPUT_TARGETS: 'windows' }),
    commandLine('no go.mod'),
    action('no go.mod', {}),
  ];
  const measured: Measured[] = [];
  for (const comparison of comparisons) measured.push(await measure(comparison, runs));
  return measured;
}

const answerSchema = v.object({ kind: v.string(), megabytes: v.number() });

/** `gotify`: a server's binary, or null for a stand-in. */
export async function benchVerdict(plugin: Plugin, gotify: string | null, runs: number): Promise<Measured[]> {
  const script = join(plugin.dir, 'verdict.cjs');
  const bundle = await rolldown({ input: join(root, 'scripts/bench/verdict.ts'), platform: 'node' });
  await bundle.write({ file: script, format: 'cjs' });
  const file = join(plugin.dir, 'ours-host', `webhook-linux-amd64-for-gotify-${plugin.server.version}.so`);
  await ours(plugin, 'host', 'amd64');
  const baseline = await emptyScript(plugin.dir);
  let most = 0;
  const verdict = (name: string, server: string, limit: number): Comparison => ({
    name,
    ours: async () => {
      const { seconds, stdout } = await time({ program: process.execPath, args: [script, file, server] });
      const { kind, megabytes } = v.parse(answerSchema, JSON.parse(stdout));
      if (kind === 'undecided' || megabytes > 100)
        throw new Error(`${name}: ${kind}, ${megabytes.toFixed(0)} MB`);
      most = Math.max(most, megabytes);
      return seconds;
    },
    against: 'an empty Node script',
    baseline,
    limit,
  });
  const judged = async (name: string, server: string, limit: number): Promise<Measured> => {
    most = 0;
    const measured = await measure(verdict(name, server, limit), runs);
    return { ...measured, name: `${name}, at most ${most.toFixed(0)} MB of memory` };
  };
  const manifest = join(root, 'catalog/abi', `${plugin.server.version}-linux-amd64.json`);
  const server = gotify ?? (await buildStandIn(plugin));
  const sizes = `${await megabytesOf(file)} plugin, ${await megabytesOf(server)} ${gotify === null ? 'stand-in for a server' : 'server'}`;
  return [
    await judged(`verdict, against a binary (${sizes})`, server, 2.5),
    await judged('verdict, against a manifest', manifest, 1.7),
  ];
}

async function megabytesOf(file: string): Promise<string> {
  return `${((await stat(file)).size / 1e6).toFixed(0)} MB`;
}

/** What makes up most of a server, for where there is no release, with the same kind of symbols. */
const standInImports = [
  'plugin',
  'github.com/gin-contrib/cors',
  'github.com/gin-contrib/gzip',
  'github.com/gin-gonic/gin',
  'github.com/gorilla/websocket',
  'github.com/gotify/plugin-api',
  'github.com/rs/zerolog',
  'github.com/zitadel/oidc/v3/pkg/client/rp',
  'golang.org/x/crypto/bcrypt',
  'gorm.io/driver/mysql',
  'gorm.io/driver/postgres',
  'gorm.io/driver/sqlite',
  'gorm.io/gorm',
];

async function buildStandIn({ dir, server }: Plugin): Promise<string> {
  const folder = join(dir, 'stand-in');
  const imports = standInImports.map((path) => `\t_ "${path}"\n`).join('');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'go.mod'), server.goMod);
  await writeFile(join(folder, 'go.sum'), server.goSum);
  await writeFile(join(folder, 'main.go'), `package main\n\nimport (\n${imports})\n\nfunc main() {}\n`);
  const env = {
    ...process.env,
    GOTOOLCHAIN: `go${server.goVersion}`,
    GOFLAGS: '-mod=mod -buildvcs=false',
    CGO_ENABLED: '1',
  };
  await time({ program: 'go', args: ['build', '-ldflags', '-w -s', '-o', 'server', '.'], cwd: folder, env });
  return join(folder, 'server');
}
