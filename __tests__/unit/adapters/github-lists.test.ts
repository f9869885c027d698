import { expect, test } from '@jest/globals';
import { gitHubLists } from '../../../src/adapters/github-lists.js';
import { startGitHub } from '../../support/github-double.js';

test.each([
  ['no token where there is none', null, null],
  ['the token where there is one', 'secret', 'Bearer secret'],
])('the lists of servers are asked for with %s', async (_, token, authorization) => {
  const double = await startGitHub();
  try {
    const lists = gitHubLists({ apiUrl: double.url, token, retryDelaysMs: [0] });
    expect((await lists.tags()).map(({ name }) => name)).toContain('v3.0.0');
    expect(await lists.latestRelease()).toBe('v3.0.0');
    expect(double.requests.map((request) => request.authorization)).toEqual(
      double.requests.map(() => authorization),
    );
  } finally {
    await double.close();
  }
});
