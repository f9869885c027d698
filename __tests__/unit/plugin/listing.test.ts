import { expect, test } from '@jest/globals';
import { united } from '../../../src/plugin/listing.js';
import { listingOf } from '../../support/listing.js';

test('listings of several targets are one, with each package and each import of any of them', () => {
  const native = listingOf({
    'example.org/echo': [{}, 'a.org/a', 'fmt'],
    'a.org/a': [{ version: 'v1.0.0' }, 'fmt'],
    fmt: [null],
  });
  const other = listingOf({
    'example.org/echo': [{}, 'fmt', 'b.org/b'],
    'b.org/b': [{ version: 'v2.0.0' }],
    fmt: [null, 'syscall'],
  });

  const both = united([native, other]);

  expect([...both.packages.keys()]).toEqual(['example.org/echo', 'a.org/a', 'fmt', 'b.org/b']);
  expect(both.main).toBe('example.org/echo');
  expect(both.packages.get('example.org/echo')).toMatchObject({
    name: 'main',
    imports: ['a.org/a', 'fmt', 'b.org/b'],
  });
  expect(both.packages.get('fmt')?.imports).toEqual(['syscall']);
  expect(both.packages.get('b.org/b')?.module?.version).toBe('v2.0.0');
  expect(united([native])).toEqual(native);
});
