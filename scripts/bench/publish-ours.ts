// A process that publishes files to a release, and nothing else: bundled and timed by publish.ts.
//   publish-ours.js API FOLDER
import { gitHubReleases } from '../../src/adapters/github-releases.js';
import { publishRelease } from '../../src/publish/publish-release.js';
import { filesIn } from './publish-files.js';

const [apiUrl = '', folder = ''] = process.argv.slice(2);
const files = filesIn(folder);
const api = gitHubReleases({ apiUrl, repository: 'octo/plugin', token: 'write-token' });
const begun = performance.now();
const published = await publishRelease(
  {
    ...{ tag: 'v1.0.0', commit: null, plugin: 'example.org/hello', files, added: [], left: [], notes: true },
    ...{ onExisting: null, prerelease: false, draft: false, makeLatest: null },
  },
  api,
);
const seconds = (performance.now() - begun) / 1000;
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ kind: published.kind, seconds, megabytes }));
