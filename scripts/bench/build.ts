import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachePaths, pinListKey, type CachePaths } from '../../src/build/cache.js';
import { measure, measureTogether, time, type Comparison, type Measured, type Promised } from './measure.js';
import { root, type Plugin } from './plugin.js';

// The command line as users run it, against the same work done by a bare `docker run ... go build` or `go build`.

const tutorialFlags = ['-installsuffix', 'cgo', '-ldflags', '-w -s', '-buildmode=plugin'];
const target = 'linux-amd64';

/** Seconds of one `gotify-plugin-build build`. */
export async function ours(plugin: Plugin, builder: 'docker' | 'host', targets: string): Promise<number> {
  const flags = {
    path: plugin.source,
    builder,
    targets,
    server: plugin.server.version,
    'cache-dir': plugin.cacheDir,
  };
  const more = { output: join(plugin.dir, `ours-${builder}`), 'server-api-url': plugin.apiUrl };
  const args = Object.entries({ ...flags, ...more }).flatMap(([name, value]) => [`--${name}`, value]);
  return (await time({ program: process.execPath, args: [join(root, 'dist/cli.js'), 'build', ...args] }))
    .seconds;
}

/** Where our own builds have put their caches, and the user whose they are. */
async function cachesOf(
  plugin: Plugin,
  builder: 'docker' | 'host',
): Promise<CachePaths & { readonly uid: number }> {
  const folder = (await readdir(plugin.cacheDir)).find((name) => name.startsWith(`${builder}-`));
  if (folder === undefined) throw new Error(`no cache of the ${builder} builder in ${plugin.cacheDir}`);
  const uid = Number(folder.slice(builder.length + 1));
  const { goVersion, pinList } = plugin.server;
  const key = { cacheDir: plugin.cacheDir, builder, uid, goVersion, target } as const;
  return { ...cachePaths({ ...key, pinListKey: pinListKey(pinList.modules) }), uid };
}

/** Seconds of one bare `docker run ... go build`; without a build cache it is the tutorial's command, with `-a`. */
async function bareDocker(plugin: Plugin, cache: 'same' | 'none'): Promise<number> {
  const { modCache, buildCache, uid } = await cachesOf(plugin, 'docker');
  const mounts = [`${plugin.pinned}:/proj`, `${plugin.out}:/out`, `${modCache}:/go/pkg/mod`];
  if (cache === 'same') mounts.push(`${buildCache}:/gocache`);
  const env = [
    'HOME=/tmp',
    `GOCACHE=${cache === 'same' ? '/gocache' : '/tmp/gocache'}`,
    'GOFLAGS=-mod=mod -buildvcs=false',
    // Our own build has checked every sum, and the modules are there.
    'GOSUMDB=off',
    'GOPROXY=off',
  ];
  const args = [
    ...['run', '--rm', '--user', `${String(uid)}:${String(uid)}`, '--workdir', '/proj'],
    ...mounts.flatMap((mount) => ['--volume', mount]),
    ...env.flatMap((variable) => ['--env', variable]),
    `gotify/build:${plugin.server.goVersion}-linux-amd64`,
    ...['go', 'build', ...(cache === 'none' ? ['-a'] : []), ...tutorialFlags, '-o', '/out/bare.so', '/proj'],
  ];
  return (await time({ program: 'docker', args })).seconds;
}

/** Seconds of one bare `go build`, with a build cache of its own that is as warm: the tool's identity is part of its keys. */
async function bareHost(plugin: Plugin): Promise<number> {
  const { modCache } = await cachesOf(plugin, 'host');
  const env = {
    ...process.env,
    GOTOOLCHAIN: `go${plugin.server.goVersion}`,
    GOMODCACHE: modCache,
    GOCACHE: join(plugin.dir, 'bare-gocache'),
    GOFLAGS: '-mod=mod -buildvcs=false -modcacherw',
    CGO_ENABLED: '1',
  };
  const args = ['build', ...tutorialFlags, '-o', join(plugin.out, 'bare-host.so'), '.'];
  return (await time({ program: 'go', args, cwd: plugin.pinned, env })).seconds;
}

/** Each run begins with a change, so that both sides have the plugin itself to compile. */
const changed = (plugin: Plugin, run: () => Promise<number>) => async (): Promise<number> => {
  await plugin.change();
  return run();
};

/** Seconds of one `gotify-plugin-build check` that compiles. */
async function ownCheck(plugin: Plugin): Promise<number> {
  const { source, server, cacheDir, dir, apiUrl } = plugin;
  const flags = { path: source, server: server.version, builder: 'host', 'cache-dir': cacheDir };
  const more = { output: join(dir, 'checked'), 'server-api-url': apiUrl };
  const args = Object.entries({ ...flags, ...more }).flatMap(([name, value]) => [`--${name}`, value]);
  return (await time({ program: process.execPath, args: [join(root, 'dist/cli.js'), 'check', ...args] }))
    .seconds;
}

export async function benchHost(plugin: Plugin, runs: number): Promise<Measured[]> {
  await ours(plugin, 'host', 'amd64');
  await ownCheck(plugin);
  await bareHost(plugin);
  const second: Comparison = {
    name: 'second build, host',
    ours: changed(plugin, () => ours(plugin, 'host', 'amd64')),
    against: '`go build`, same modules, as warm a cache',
    baseline: changed(plugin, () => bareHost(plugin)),
    limit: 1.25,
  };
  const check: Comparison = {
    ...second,
    name: 'check that compiles, host',
    ours: changed(plugin, () => ownCheck(plugin)),
    limit: 1.15,
  };
  return [await measure(second, runs), await measure(check, runs)];
}

export async function benchDocker(plugin: Plugin, runs: number): Promise<Measured[]> {
  const build = (targets: string): Promise<number> => ours(plugin, 'docker', targets);
  await build('all');
  const tutorial = {
    against: "the tutorial's `docker run ... go build -a`",
    baseline: changed(plugin, () => bareDocker(plugin, 'none')),
  };
  const first: Promised = {
    name: 'first build, modules there',
    ours: async () => {
      await rm((await cachesOf(plugin, 'docker')).buildCache, { recursive: true });
      return build('amd64');
    },
    limit: 1.1,
  };
  const second: Promised = {
    name: 'second build',
    ours: changed(plugin, () => build('amd64')),
    limit: 0.06,
  };
  const five: Promised = {
    name: 'five targets, warm',
    ours: changed(plugin, () => build('all')),
    limit: 0.06,
    times: 5,
  };
  const plain: Comparison = {
    ...second,
    against: '`docker run ... go build`, same caches',
    baseline: changed(plugin, () => bareDocker(plugin, 'same')),
    limit: 1.25,
  };
  return [...(await measureTogether(tutorial, [first, second, five], runs)), await measure(plain, runs)];
}
