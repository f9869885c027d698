import { describe, expect, test } from '@jest/globals';
import { createLogTail } from '../../../src/adapters/log-tail.js';

function tailOf(lines: readonly string[], most: Parameters<typeof createLogTail>[0]): object {
  const tail = createLogTail(most);
  for (const line of lines) tail.add(line);
  return tail.end();
}

const numbers = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(index));

describe('the end of a log', () => {
  test.each([
    [0, 0, []],
    [1, 0, ['0']],
    [3, 0, ['0', '1', '2']],
    [4, 1, ['1', '2', '3']],
    [7, 4, ['4', '5', '6']],
    [1000, 997, ['997', '998', '999']],
  ])('of %d lines', (count, left, lines) => {
    expect(tailOf(numbers(count), { lines: 3, characters: 100 })).toEqual({ left, lines });
  });

  test('is short in characters too', () => {
    const lines = ['a'.repeat(50), 'b'.repeat(50), 'c'.repeat(50), 'd'];
    expect(tailOf(lines, { lines: 10, characters: 60 })).toEqual({ left: 2, lines: lines.slice(2) });
  });

  test('has the last line, however long it is', () => {
    const lines = ['a', 'b'.repeat(1000)];
    expect(tailOf(lines, { lines: 10, characters: 60 })).toEqual({ left: 1, lines: lines.slice(1) });
  });

  test('can be asked for again, and goes on', () => {
    const tail = createLogTail({ lines: 2, characters: 100 });
    for (const line of numbers(3)) tail.add(line);
    expect(tail.end()).toEqual(tail.end());
    tail.add('more');
    expect(tail.end()).toEqual({ left: 2, lines: ['2', 'more'] });
  });

  test('keeps no more of a million lines than of twice what it shows', () => {
    const line = 'x'.repeat(200);
    const before = process.memoryUsage().heapUsed;
    const tail = createLogTail({ lines: 1000, characters: 1_000_000 });
    for (let index = 0; index < 1_000_000; index += 1) tail.add(`${String(index)} ${line}`);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
    expect(tail.end()).toMatchObject({ left: 999_000 });
  });
});
