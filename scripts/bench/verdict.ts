// A process that gives one verdict, and nothing else: bundled and timed by process.ts.
//   verdict.cjs PLUGIN SERVER     SERVER: a server's binary, or a manifest (.json)
import { readFileSync, writeSync } from 'node:fs';
import { openBytes } from '../../src/adapters/file-bytes.js';
import { compare } from '../../src/verify/compare.js';
import { readPluginAbi } from '../../src/verify/plugin-abi.js';
import { manifestOf, parseManifest } from '../../src/verify/read-manifest.js';

const [pluginFile = '', serverFile = ''] = process.argv.slice(2);
const target = 'linux-amd64';

const plugin = readPluginAbi(openBytes(pluginFile));
const manifest = serverFile.endsWith('.json')
  ? parseManifest(readFileSync(serverFile, 'utf8'), serverFile)
  : manifestOf(openBytes(serverFile), { server: 'measured', target, origin: serverFile });
const { kind } = compare(plugin, manifest, { target, server: manifest.server, serverModules: [] });
// As the product writes: Node's own stream takes longer than the file.
writeSync(1, JSON.stringify({ kind, megabytes: process.resourceUsage().maxRSS / 1024 }));
