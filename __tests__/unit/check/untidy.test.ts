import { expect, test } from '@jest/globals';
import { untidyFindings, type ModAndSum } from '../../../src/check/untidy.js';
import { parseModFile } from '../../../src/go/modfile.js';
import { parseSumFile } from '../../../src/go/sumfile.js';

const hash = `h1:${'A'.repeat(43)}=`;

const texts = (lines: string, sums: readonly string[] = ['a.org/a v1.0.0']): ModAndSum => ({
  mod: parseModFile(`module example.org/echo\n\n${lines}`, 'go.mod'),
  sum: parseSumFile(sums.map((sum) => `${sum} ${hash}\n`).join(''), 'go.sum'),
});

const tidy = 'go 1.25.0\n\nrequire a.org/a v1.0.0\n\nrequire a.org/b v1.0.0 // indirect\n';

/** What is said of files that tidying makes into `tidy`. */
function said(own: ModAndSum, tidied = texts(tidy)): string | undefined {
  const [finding] = untidyFindings(own, tidied, { author: own.mod, file: 'plugin/go.mod' });
  const line = finding?.where?.kind === 'file' ? finding.where.line : undefined;
  return finding && `${String(line)} ${finding.what}`;
}

test.each([
  ['as tidy leaves it', tidy],
  ['in another order', 'go 1.25.0\nrequire (\n\ta.org/b v1.0.0 // indirect\n\ta.org/a v1.0.0\n)\n'],
])('nothing is said of a go.mod that is %s', (_, lines) => {
  expect(said(texts(lines))).toBeUndefined();
});

test('more sums than are needed are no reason', () => {
  expect(said(texts(tidy, ['a.org/a v1.0.0', 'z.org/z v1.0.0/go.mod']))).toBeUndefined();
});

test.each([
  ['go 1.25.0\nrequire a.org/a v1.0.0\n', 'undefined', 'adds a.org/b'],
  [`${tidy}require c.org/c v1.0.0\nrequire d.org/d v1.0.0\n`, '8', 'removes c.org/c, d.org/d'],
  [tidy.replace('b v1.0.0', 'b v0.9.0'), '7', 'changes a.org/b'],
  [tidy.replace(' // indirect', ''), '7', 'changes a.org/b'],
  [`${tidy}require a.org/a v0.9.0\n`, '5', 'changes a.org/a'],
  [tidy.replace('1.25.0', '1.24.0'), 'undefined', 'changes the go line'],
  [tidy.replace('go 1.25.0\n', ''), 'undefined', 'changes the go line'],
  ['go 1.25.0\nrequire c.org/c v1.0.0\n', '4', 'adds a.org/a, a.org/b, removes c.org/c'],
])('%j', (lines, line, what) => {
  expect(said(texts(lines))).toBe(`${line} go.mod is not tidy: \`go mod tidy\` ${what}`);
});

test('sums that are missing, and many modules, are counted', () => {
  expect(said(texts(tidy, []))).toBe('undefined go.mod is not tidy: `go mod tidy` adds 1 line to go.sum');
  const many = ['c', 'd', 'e', 'f', 'g'].map((name) => `require ${name}.org/x v1.0.0\n`).join('');
  expect(said(texts(tidy), texts(tidy + many, ['a.org/a v1.0.0', 'c.org/x v1.0.0', 'd.org/x v1.0.0']))).toBe(
    'undefined go.mod is not tidy: `go mod tidy` adds c.org/x, d.org/x, e.org/x and 2 more, adds 2 lines to go.sum',
  );
});
