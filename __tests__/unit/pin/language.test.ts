import { describe, expect, test } from '@jest/globals';
import { losesLoopVariables, ownLanguage } from '../../../src/pin/language.js';

const mod = (line: string): string => `module example.org/p\n\n${line}\n`;

describe('ownLanguage', () => {
  test.each([
    ['go 1.18', 'go 1.25.0', '1.18'],
    ['go 1.25.1', 'go 1.26.0', '1.25'],
    ['', 'go 1.26.0', '1.16'],
    ['go 1.12', 'go 1.19', '1.12'],
    ['go 1.25.0', 'go 1.25.3', null],
    ['go 1.25', 'go 1.25.3', null],
    ['go 1.18', 'go 1.18', null],
    ['', '', null],
  ])('made with %j, left with %j: %s', (made, left, language) => {
    expect(ownLanguage(mod(made), mod(left))).toBe(language);
  });
});

describe('losesLoopVariables', () => {
  test.each([
    ['1.22', '1.21.1', true],
    ['1.26.0', '1.19', true],
    ['1.21.9', '1.21.1', false],
    ['1.26.1', '1.22.0', false],
    ['1.26.1', '1.22', false],
    ['1.18', '1.16', false],
  ])('%s as %s: %s', (written, compiled, loses) => {
    expect(losesLoopVariables(written, compiled)).toBe(loses);
  });
});
