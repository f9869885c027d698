import { expect, test } from '@jest/globals';
import { publishable } from '../../../src/pipeline/plugin-files.js';
import { samePart, tooLate } from '../../../src/publish/failures.js';
import { releaseLines } from '../../../src/report/publish-text.js';
import { sampleGroup } from '../../support/report.js';

const numbers = Array.from({ length: 14 }, (_, index) => String(index));
const ten = '0, 1, 2, 3, 4, 5, 6, 7, 8, 9';

test('a message names ten at most, and says how many more there are', () => {
  expect(tooLate({ tag: 'v1' }, numbers).what).toContain(`too late for ${ten} and 4 more`);
  expect(tooLate({ tag: 'v1' }, numbers.slice(0, 10)).what).toContain(`too late for ${ten}`);
  expect(samePart('a', numbers).what).toContain(`with ${ten} and 4 more`);
  const none = { replaced: [], same: [], skipped: [], tag: 'v1', url: '' };
  expect(releaseLines({ kind: 'waiting', parts: numbers, of: 15, uploaded: numbers, ...none })).toEqual([
    `Release v1 waits for other parts: 14 of 15 are there (${ten} and 4 more).`,
    `  uploaded: ${ten} and 4 more`,
  ]);
  const targets = [{ kind: 'skipped', target: 'linux-amd64' }] as const;
  expect(publishable([{ ...sampleGroup(), servers: numbers, targets }]).left).toMatchObject([
    {
      servers: numbers,
      text: `linux-amd64 for gotify ${ten} and 4 more was not built, as another failed first`,
    },
  ]);
});
