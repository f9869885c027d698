/**
 * Writes the facts of gotify's releases into the catalog: `node scripts/catalog.ts [--api-url URL] [--out DIR]`, with a
 * token for that API in GITHUB_TOKEN. ABI manifests are left as they are.
 */
import './typescript-imports.js';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import semver from 'semver';
import type { CatalogRelease } from '../src/gotify/catalog.js';
import type { GitHub, Tag } from '../src/gotify/github.js';

const { gitHubAt } = await import('../src/adapters/github.js');
const { createFiles } = await import('../src/adapters/files.js');
const { readServerFiles } = await import('../src/gotify/facts.js');
const { oldestServer, serverFromFiles } = await import('../src/gotify/server-files.js');

const { values } = parseArgs({
  options: {
    'api-url': { type: 'string', default: 'https://api.github.com' },
    out: { type: 'string', default: fileURLToPath(new URL('../catalog', import.meta.url)) },
  },
});
const files = createFiles();
const github = gitHubAt({ apiUrl: values['api-url'], token: process.env['GITHUB_TOKEN'] ?? null });

const tags = (await github.tags()).filter(({ name }) => isKnowable(name));
tags.sort((a, b) => semver.rcompare(a.name, b.name));
const contents = new Map<string, string>();
const releases: CatalogRelease[] = [];
for (const tag of tags) releases.push(await releaseOf(tag, github));

await files.remove(join(values.out, 'files'));
await files.makeDir(join(values.out, 'files'));
for (const [name, text] of contents) await files.write(join(values.out, 'files', name), text);
const lines = releases.map((release) => JSON.stringify(release)).join(',\n');
await files.write(join(values.out, 'index.json'), `{"schema":1,"releases":[\n${lines}\n]}\n`);
console.log(`${String(releases.length)} releases, ${String(contents.size)} files, from ${github.apiUrl}`);

/** Stable, and with a go.mod that names every module. */
function isKnowable(tag: string): boolean {
  const version = semver.parse(tag);
  return version !== null && version.prerelease.length === 0 && semver.gte(version, oldestServer);
}

async function releaseOf({ name, commit }: Tag, from: GitHub): Promise<CatalogRelease> {
  const texts = await readServerFiles(commit, from);
  const source = { kind: 'api', url: from.apiUrl } as const;
  const { goVersion } = serverFromFiles(texts, { tag: name, commit, source });
  const date = (await from.commit(commit))?.date;
  if (date === undefined) throw new Error(`${name}: no commit ${commit}`);
  return {
    tag: name,
    commit,
    date,
    goVersion,
    goMod: keep(texts.goMod, 'mod'),
    goSum: keep(texts.goSum, 'sum'),
  };
}

/** Content is named by its hash, so releases with the same content share a file. */
function keep(text: string, suffix: 'mod' | 'sum'): string {
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  contents.set(`${name}.${suffix}`, text);
  return name;
}
