import { expect, test } from '@jest/globals';
import { createRunner } from '../../../src/adapters/runner.js';

const env = { PATH: process.env['PATH'] ?? '' };

test('a program that reads gets the end at once', async () => {
  expect(await createRunner().run({ program: 'cat', args: [], env })).toMatchObject({
    exitCode: 0,
    stdout: '',
  });
});

test('programs that end before they read are no trouble, also many at once', async () => {
  const runner = createRunner();
  const runs = Array.from({ length: 60 }, () => runner.run({ program: 'true', args: [], env }));
  expect((await Promise.all(runs)).map((result) => result.kind === 'exited' && result.exitCode)).toEqual(
    runs.map(() => 0),
  );
}, 60_000);
