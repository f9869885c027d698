import { describe, expect, test } from '@jest/globals';
import { joinQuoted, splitQuoted } from '../../../src/build/quoted.js';

describe('splitQuoted splits as go does', () => {
  test.each([
    ['', []],
    [' \t\r\n ', []],
    ['-w -s', ['-w', '-s']],
    [`-X 'main.v=a b'`, ['-X', 'main.v=a b']],
    [`-X "main.v=it's"`, ['-X', "main.v=it's"]],
    [`"a"'b'c`, ['a', 'b', 'c']],
    [`a"b c"d`, ['a"b', 'c"d']],
    [`''`, ['']],
    [`"back\\slash"`, ['back\\slash']],
  ])('%j', (text, fields) => {
    expect(splitQuoted(text)).toEqual({ kind: 'fields', fields });
  });

  test.each([`-X 'main.v=a`, `"`, `a "b' c`])('%j has an open quote', (text) => {
    expect(splitQuoted(text).kind).toBe('unterminated');
  });
});

describe('joinQuoted is undone by splitQuoted', () => {
  test.each([
    [[]],
    [['-w', '-s']],
    [['a b', 'c']],
    [["it's mine"]],
    [['say "no"']],
    [['']],
    [['a"b\'c']],
    [['\ttab']],
  ])('%j', (fields) => {
    const text = joinQuoted(fields);
    expect(text === null ? null : splitQuoted(text)).toEqual({ kind: 'fields', fields });
  });

  test('is null for what go cannot read', () => {
    expect(joinQuoted([`both ' and "`])).toBeNull();
  });
});
