// The requests of a follower that has nothing to do, and nothing else: bundled and timed by publish.ts.
//   follow-bare.js PLUGIN-API SERVER-API
const [pluginApi = '', serverApi = ''] = process.argv.slice(2);
const releases = `${pluginApi}/repos/octo/plugin/releases`;

async function get(url: string, accept = 'application/vnd.github+json'): Promise<unknown> {
  const response = await fetch(url, { headers: { accept, authorization: 'Bearer write-token' } });
  if (!response.ok) throw new Error(`${url}: ${String(response.status)}`);
  return response.json();
}

const [latest] = await Promise.all([
  get(`${releases}/latest`),
  get(`${serverApi}/repos/gotify/server/tags?per_page=100`),
]);
const assets = await get(`${releases}/${String(Reflect.get(Object(latest), 'id'))}/assets?per_page=100`);
const index = Array.isArray(assets)
  ? assets.find((asset: unknown) => Reflect.get(Object(asset), 'name') === 'gotify-plugin.json')
  : null;
await get(`${releases}/assets/${String(Reflect.get(Object(index), 'id'))}`, 'application/octet-stream');
