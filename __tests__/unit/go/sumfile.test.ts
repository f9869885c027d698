import { describe, expect, test } from '@jest/globals';
import { parseSumFile, unionSums } from '../../../src/go/sumfile.js';
import { failureIn } from '../../support/failure-in.js';

const a = 'example.com/a v1.0.0 h1:aaa=\nexample.com/a v1.0.0/go.mod h1:amod=\n';
const b = 'example.com/b v1.0.0 h1:bbb=\n';

describe('parseSumFile', () => {
  test('finds the hash of a module, and of its go.mod', () => {
    const sums = parseSumFile(`\n${a}\r\n  \n`, 'go.sum');
    expect(sums.h1('example.com/a', 'v1.0.0')).toBe('h1:aaa=');
    expect(sums.h1('example.com/a', 'v1.0.0/go.mod')).toBe('h1:amod=');
    expect(sums.h1('example.com/a', 'v1.0.1')).toBeUndefined();
    expect(sums.entries).toHaveLength(2);
  });

  test.each([['example.com/a v1.0.0\n'], ['example.com/a v1.0.0 h1:x extra\n'], ['<<<<<<< HEAD\n']])(
    'refuses %j with its line',
    (line) => {
      const failure = failureIn(() => parseSumFile(a + line, 'p/go.sum'));
      expect([failure.kind, failure.code]).toEqual(['input', 'malformed-go-sum']);
      expect(failure.message).toContain('p/go.sum:3: ');
    },
  );

  test('skips the hash that an early Go wrote by mistake, so that it contradicts nothing', () => {
    const mistake = 'example.com/a v1.0.0/go.mod h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=\n';
    expect(unionSums(mistake, a)).toBe(a);
  });
});

describe('unionSums', () => {
  test('is sorted, unique, and the same both ways', () => {
    expect(unionSums(b + a, a)).toBe(a + b);
    expect(unionSums(a, b + b)).toBe(unionSums(b, a));
    expect(unionSums('', '')).toBe('');
  });

  test('keeps hashes of two algorithms side by side', () => {
    const other = 'example.com/b v1.0.0 h2:bbb=\n';
    expect(unionSums(b, other)).toBe(b + other);
  });

  test('names both hashes where the files contradict each other', () => {
    const failure = failureIn(() =>
      unionSums(b, 'example.com/b v1.0.0 h1:evil=\n', { a: 'go.sum', b: 'the other' }),
    );
    expect([failure.kind, failure.code]).toEqual(['input', 'conflicting-sums']);
    expect(failure.what).toContain('h1:bbb= (go.sum)');
    expect(failure.what).toContain('h1:evil= (the other)');
  });
});
