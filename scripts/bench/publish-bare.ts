// The least that a release with files, checksums.txt and gotify-plugin.json takes, by node:http and without any care:
// bundled and timed by publish.ts.
//   publish-bare.js API FOLDER
import { createReadStream, statSync } from 'node:fs';
import { Agent, request, type ClientRequest } from 'node:http';
import { json } from 'node:stream/consumers';
import pLimit from 'p-limit';
import { filesIn } from './publish-files.js';

const [apiUrl = '', folder = ''] = process.argv.slice(2);
const files = filesIn(folder);
const releases = `${apiUrl}/repos/octo/plugin/releases`;
const agent = new Agent({ keepAlive: true });

interface Body {
  readonly size: number;
  readonly write: (to: ClientRequest) => void;
}

const nothing: Body = { size: 0, write: (to) => to.end() };

function textBody(text: string): Body {
  return { size: Buffer.byteLength(text), write: (to) => to.end(text) };
}

function fileBody(path: string): Body {
  return { size: statSync(path).size, write: (to) => void createReadStream(path).pipe(to) };
}

async function send(method: string, url: string, { size, write }: Body = nothing): Promise<unknown> {
  const headers = {
    authorization: 'Bearer write-token',
    ...(method === 'GET' ? {} : { 'content-length': size }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (response) => {
      if ((response.statusCode ?? 0) < 300) json(response).then(resolve, reject);
      else reject(new Error(`${method} ${url}: ${String(response.statusCode)}`));
    });
    sent.on('error', reject);
    write(sent);
  });
}

const begun = performance.now();
// One after the other, as each needs what the one before said.
await send('GET', `${apiUrl}/repos/octo/plugin/git/ref/tags/v1.0.0`);
await send('GET', releases);
const made = await send('POST', releases, textBody(JSON.stringify({ tag_name: 'v1.0.0', draft: true })));
const [id, upload] = [Reflect.get(Object(made), 'id'), Reflect.get(Object(made), 'upload_url')].map(String);
const address = (name: string): string => `${(upload ?? '').replace(/\{.*$/, '')}?name=${name}`;
const limit = pLimit(4);
await Promise.all(files.map(({ name, path }) => limit(() => send('POST', address(name), fileBody(path)))));
await send('GET', `${releases}/${id ?? ''}/assets?per_page=100`);
await Promise.all(
  ['checksums.txt', 'gotify-plugin.json'].map((name) => send('POST', address(name), textBody('its text'))),
);
await send('GET', `${releases}/${id ?? ''}/assets?per_page=100`);
await send('PATCH', `${releases}/${id ?? ''}`, textBody(JSON.stringify({ draft: false })));
const seconds = (performance.now() - begun) / 1000;
agent.destroy();
console.log(JSON.stringify({ kind: 'published', seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
