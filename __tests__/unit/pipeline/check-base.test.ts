import { expect, test } from '@jest/globals';
import { notComparedTexts } from '../../../src/pipeline/check-base.js';

test('what is not compared is said once for each reason and base, with its files', () => {
  const one = { base: 'the base for gotify v3.0.0', why: 'no connection' };
  expect(
    notComparedTexts([
      { ...one, file: 'a/go.mod' },
      { ...one, file: 'b/go.mod', why: 'go.mod is malformed' },
      { ...one, file: 'c/go.mod' },
      { ...one, file: 'd/go.mod', base: 'the base for gotify v2.9.1' },
    ]),
  ).toEqual([
    'a/go.mod, c/go.mod are not compared with the base for gotify v3.0.0: no connection',
    'b/go.mod is not compared with the base for gotify v3.0.0: go.mod is malformed',
    'd/go.mod is not compared with the base for gotify v2.9.1: no connection',
  ]);
});

test('a reason with a key of its own is the same in other words', () => {
  const one = { base: 'main', key: 'github-unreachable' };
  expect(
    notComparedTexts([
      { ...one, file: 'a/go.mod', why: 'no connection for /a' },
      { ...one, file: 'b/go.mod', why: 'no connection for /b' },
    ]),
  ).toEqual(['a/go.mod, b/go.mod are not compared with main: no connection for /a']);
});
