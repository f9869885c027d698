// The least that a release with files, checksums.txt and gotify-plugin.json takes, without any care: bundled and timed by
// publish.ts.
//   publish-bare.js API FOLDER
import { openAsBlob } from 'node:fs';
import pLimit from 'p-limit';
import { filesIn } from './publish-files.js';

const [apiUrl = '', folder = ''] = process.argv.slice(2);
const files = filesIn(folder);
const releases = `${apiUrl}/repos/octo/plugin/releases`;

async function send(method: string, url: string, body?: Blob | string): Promise<unknown> {
  const headers = { authorization: 'Bearer write-token' };
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(`${method} ${url}: ${String(response.status)}`);
  return response.json();
}

const begun = performance.now();
// One after the other, as each needs what the one before said.
await send('GET', `${apiUrl}/repos/octo/plugin/git/ref/tags/v1.0.0`);
await send('GET', releases);
const made = await send('POST', releases, JSON.stringify({ tag_name: 'v1.0.0', draft: true }));
const [id, upload] = [Reflect.get(Object(made), 'id'), Reflect.get(Object(made), 'upload_url')].map(String);
const address = (name: string): string => `${(upload ?? '').replace(/\{.*$/, '')}?name=${name}`;
const limit = pLimit(4);
await Promise.all(
  files.map(({ name, path }) => limit(async () => send('POST', address(name), await openAsBlob(path)))),
);
await send('GET', `${releases}/${id ?? ''}/assets?per_page=100`);
await Promise.all(
  ['checksums.txt', 'gotify-plugin.json'].map((name) => send('POST', address(name), 'its text')),
);
await send('GET', `${releases}/${id ?? ''}/assets?per_page=100`);
await send('PATCH', `${releases}/${id ?? ''}`, JSON.stringify({ draft: false }));
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ kind: 'published', seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
