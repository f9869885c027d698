import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import { parseServers, type ServerSpecifier } from '../../../src/gotify/specifier.js';

const base = '/home/author/plugin';

function one(text: string): ServerSpecifier {
  const [first, ...rest] = parseServers(text, base);
  if (first === undefined || rest.length > 0) throw new Error('expected one item');
  return first;
}

function failureOf(text: string): Failure {
  try {
    parseServers(text, base);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('parseServers', () => {
  test('latest', () => {
    expect(one('latest')).toEqual({ kind: 'latest', text: 'latest' });
  });

  test.each([
    ['v2.9.1', '2.9.1'],
    ['2.9.1', '2.9.1'],
    ['v3.0.0-rc.1', '3.0.0-rc.1'],
  ])('%s is one version', (text, version) => {
    expect(one(text)).toEqual({ kind: 'exact', text, version });
  });

  test.each([
    ['2.9', '2.9'],
    ['v2.9', 'v2.9'],
    ['2', '2'],
    ['^2.7', '^2.7'],
    ['~2.7.1', '~2.7.1'],
    ['>=2.6 <3', '>=2.6 <3'],
    ['>=2.6   <3', '>=2.6 <3'],
    ['2.6 - 2.9', '2.6 - 2.9'],
    ['^2.6 || ^3', '^2.6 || ^3'],
    ['=2.9.1', '=2.9.1'],
    ['2.x', '2.x'],
    ['*', '*'],
  ])('%s is a range, of which the newest counts', (text, range) => {
    expect(one(text)).toEqual({ kind: 'range', text, range, every: false });
  });

  test.each([
    ['all', '*'],
    ['all:>=2.6', '>=2.6'],
    ['all: >=2.6 <3', '>=2.6 <3'],
    ['all:2.9.1', '2.9.1'],
  ])('%s is every match', (text, range) => {
    expect(one(text)).toEqual({ kind: 'range', text, range, every: true });
  });

  test.each([
    'master',
    'feature/new-thing',
    '4fa74cea55137dc56bacda3fa7ff694f24b5efc0',
    '4fa74ce',
    '1234567',
    'release-2.x',
  ])('%s is a branch or commit', (text) => {
    expect(one(text)).toEqual({ kind: 'ref', text, ref: text });
  });

  test.each([
    ['./gotify', '/home/author/plugin/gotify'],
    ['../bin/gotify server', '/home/author/bin/gotify server'],
    ['/opt/gotify/gotify-linux-amd64', '/opt/gotify/gotify-linux-amd64'],
  ])('%s is a binary', (text, path) => {
    expect(one(text)).toEqual({ kind: 'binary', text, path });
  });

  test('splits at commas and at lines of either kind, and keeps each item once', () => {
    const texts = parseServers('v2.9.1, >=2.6 <3\r\nlatest\n\n./gotify,,v2.9.1,', base).map(
      (item) => item.text,
    );
    expect(texts).toEqual(['v2.9.1', '>=2.6 <3', 'latest', './gotify']);
  });

  test.each(['', ' \n , '])('nothing at all (%j) is an error', (text) => {
    expect(failureOf(text)).toMatchObject({
      kind: 'input',
      code: 'no-server',
      where: { kind: 'input', input: 'server' },
    });
  });

  test.each([
    '>=2.6 <<3',
    'two words',
    'all:',
    'all:latest',
    'a..b',
    'a//b',
    'refs/heads/.hidden',
    'x.lock',
    '-flag',
    'v3.0.0^{}',
    '::set-output name=x::y',
    'bell\u0007',
    '@',
  ])('%j is an error that quotes it and names the grammar', (text) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({ kind: 'input', code: 'bad-server' });
    expect(failure.what).toContain(JSON.stringify(text));
    expect(failure.remedy).toContain('v2.9.1');
  });
});
