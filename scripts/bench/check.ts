import { join } from 'node:path';
import { measure, time, type Comparison, type Measured } from './measure.js';
import { root, type Plugin } from './plugin.js';
import { emptyScript } from './process.js';

/** All from v2.4.0 on: every Go version that a plugin meets. */
const many = 'all:>=2.4';

/** The check of go.mod's lines, with what it needs of GitHub in its cache. */
export async function benchCheck(plugin: Plugin, runs: number): Promise<Measured[]> {
  const { apiUrl, cacheDir, source, dir, server } = plugin;
  const inputs = { path: source, compile: 'false', 'server-api-url': apiUrl, 'cache-dir': cacheDir };
  const more = { output: join(dir, 'checked') };
  // The first run keeps V8's code of the command line there for the others.
  const own = { ...process.env, XDG_CACHE_HOME: join(dir, 'user-cache') };
  const commandLine = (servers: string) => async (): Promise<number> => {
    const flags = Object.entries({ ...inputs, ...more, server: servers }).flatMap(([name, value]) => [
      `--${name}`,
      value,
    ]);
    return run([join(root, 'dist/cli.js'), 'check', ...flags], own);
  };
  const action = (): Promise<number> => {
    const values = Object.entries({ ...inputs, ...more, mode: 'check', server: server.version });
    const env = Object.fromEntries(values.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
    return run([join(root, 'dist/action.js')], { ...own, ...env });
  };
  const empty = { against: 'an empty Node script', baseline: await emptyScript(dir) };
  const one = commandLine(server.version);
  const comparisons: readonly Comparison[] = [
    { ...empty, name: 'check of lines, command line', ours: one, limit: 2 },
    { ...empty, name: 'check of lines, action', ours: action, limit: 3 },
    {
      name: 'check of lines, every server from v2.4.0 on',
      ours: commandLine(many),
      against: 'the same for one server',
      baseline: one,
      limit: 4,
    },
  ];
  // The first run asks GitHub, and the others find in the cache what it said.
  await commandLine(many)();
  const measured: Measured[] = [];
  for (const comparison of comparisons) measured.push(await measure(comparison, runs));
  return measured;
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return (await time({ program: process.execPath, args, env })).seconds;
}
