import { expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import { untilFailure } from '../../../src/pipeline/check-plugin.js';
import { failureOf } from '../../support/failure.js';
import { Failure } from '../../../src/errors.js';

/** Ends the work of an item when the test says so. */
interface Began {
  readonly item: string;
  readonly done: () => void;
  readonly fail: (error: Failure) => void;
}

function work(): { readonly began: Began[]; readonly start: (item: string) => Promise<string> } {
  const began: Began[] = [];
  const start = (item: string): Promise<string> =>
    new Promise((resolve, reject) => {
      began.push({ item, done: () => resolve(item.toUpperCase()), fail: reject });
    });
  return { began, start };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const limitTo = (concurrency: number): ReturnType<typeof pLimit> =>
  pLimit({ concurrency, rejectOnClear: true });
const bad = (what: string): Failure => new Failure('input', { code: 'bad', what, remedy: 'Mend it.' });

test('all items are worked on, in their order, as many at once as may be', async () => {
  const { began, start } = work();
  const all = untilFailure(['a', 'b', 'c'], limitTo(2), start);
  await settled();
  expect(began.map(({ item }) => item)).toEqual(['a', 'b']);
  began[1]?.done();
  await settled();
  began[2]?.done();
  began[0]?.done();
  expect(await all).toEqual(['A', 'B', 'C']);
});

test('once one fails none is begun any more, and what runs is waited for', async () => {
  const { began, start } = work();
  let ended = false;
  const all = failureOf(untilFailure(['a', 'b', 'c', 'd'], limitTo(2), start)).finally(() => {
    ended = true;
  });
  await settled();
  began[1]?.fail(bad('the first'));
  await settled();
  expect({ ended, began: began.map(({ item }) => item) }).toEqual({ ended: false, began: ['a', 'b'] });
  began[0]?.fail(bad('the second'));
  expect(await all).toMatchObject({ what: 'the first' });
  expect(began).toHaveLength(2);
});
