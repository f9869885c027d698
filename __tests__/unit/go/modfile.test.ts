import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Failure, whereText } from '../../../src/errors.js';
import { dependencyGoLine, parseModFile } from '../../../src/go/modfile.js';
import {
  corpusDir,
  corpusNames,
  corpusText,
  mutate,
  oracleJson,
  readAsGo,
  seeded,
} from '../../support/gomod.js';

function failureOf(text: string): Failure {
  const { failure } = readAsGo(text);
  if (failure === null) throw new Error(`accepted: ${text}`);
  return failure;
}

function placeOf({ where }: Failure): string {
  return where === undefined ? '' : whereText(where);
}

describe('the corpus against go mod edit -json', () => {
  const oracle = new Map(
    Object.entries(JSON.parse(readFileSync(`${corpusDir}oracle.json`, 'utf8')) as object),
  );

  test('has an answer of Go for each file, of both kinds', () => {
    expect([...oracle.keys()].sort()).toEqual(corpusNames().sort());
    expect([...oracle.values()].filter((answer) => answer === null).length).toBeGreaterThan(40);
    expect([...oracle.values()].filter((answer) => answer !== null).length).toBeGreaterThan(40);
  });

  test.each(corpusNames())('%s', (name) => {
    const { json, failure } = readAsGo(corpusText(name));
    expect(json).toEqual(oracleJson(oracle.get(name) ?? null));
    expect(failure?.code ?? 'malformed-go-mod').toBe('malformed-go-mod');
  });
});

describe('parseModFile', () => {
  test('gives every directive its line', () => {
    const mod = parseModFile(corpusText('every-directive.mod'), 'go.mod');
    const lines = corpusText('every-directive.mod').split('\n');
    const text = (line: number | undefined): string => lines[(line ?? 0) - 1] ?? '';
    expect(text(mod.go?.line)).toBe('go 1.25.1');
    expect(text(mod.toolchain?.line)).toBe('toolchain go1.26.0');
    for (const { path, version, line } of [...mod.requires, ...mod.excludes]) {
      expect(text(line)).toContain(`${path} ${version}`);
    }
    for (const { old, line } of mod.replaces) expect(text(line)).toContain(`${old.path} `);
    for (const { path, line } of [...mod.tools, ...mod.ignores]) expect(text(line)).toContain(path);
    for (const { key, value, line } of mod.godebugs) expect(text(line)).toContain(`${key}=${value}`);
    for (const { low, line } of mod.retracts) expect(text(line)).toContain(low);
    expect([mod.requires.length, mod.replaces.length, mod.tools.length, mod.retracts.length]).toEqual([
      3, 3, 3, 3,
    ]);
  });

  test('knows where each required version stands', () => {
    const text = corpusText('crlf.mod');
    const mod = parseModFile(text, 'go.mod');
    expect(mod.requires.map(({ versionAt }) => text.slice(...versionAt))).toEqual(['v1.0.0', 'v1.0.0']);
    expect(mod.requires.map(({ line }) => line)).toEqual([6, 7]);
  });

  test.each([
    ['module example.com/x\n\nrequire (\n\texample.com/a v1.0.0\n', 'go.mod:3:1', /closing parenthesis/],
    ['module example.com/x\nrequire example.com/a master\n', 'go.mod:2:23', /such as v1\.2\.3/],
    ['module example.com/x\nrequire (\n\texample.com/ä v2.0.0\n)\n', 'go.mod:3:16', /v0 or v1/],
    ['module example.com/x\nreplace example.com/a => b\n', 'go.mod:2:26', /\.\//],
    ['module example.com/x\ngo 1.x\n', 'go.mod:2:1', /1\.23\.0/],
    ['module example.com/x\nrequire "a v1.0.0\n', 'go.mod:2:9', /closing "/],
    ['module example.com/x /* no */\n', 'go.mod:1:22', /\/\//],
    ['module example.com/x\n) \n', 'go.mod:2:1', /directive/],
    ['module example.com/x\nrequire (\n) x\n', 'go.mod:3:3', /new line/],
  ])('says where and what: %j', (text, where, what) => {
    const failure = failureOf(text);
    expect(failure.kind).toBe('input');
    expect(failure.code).toBe('malformed-go-mod');
    expect(placeOf(failure)).toBe(where);
    expect(failure.what).toMatch(what);
  });

  test('refuses a byte order mark, as Go does, and says what to do', () => {
    const failure = failureOf('\ufeffmodule example.com/x\n');
    expect(placeOf(failure)).toBe('go.mod:1:1');
    expect(failure.what).toContain('U+FEFF');
    expect(failure.remedy).toContain('without one');
  });
});

test('dependencyGoLine reads what a newer Go may have written', () => {
  const text = 'module example.com/x\nfuture a b\nfuture (\n\tgo 1.5\n)\ngo 1.27.1 // new\ntoolchain x\n';
  const go = dependencyGoLine(text, 'go.mod');
  expect(go?.version).toBe('1.27.1');
  expect(text.slice(...(go?.at ?? [0, 0]))).toBe('1.27.1');
  expect(dependencyGoLine('module example.com/x\n', 'go.mod')).toBeNull();
  expect(dependencyGoLine('go v1.21.x\n', 'go.mod')?.version).toBe('1.21');
  expect(() => dependencyGoLine('go one\n', 'lib/go.mod')).toThrow(Failure);
});

test('10,000 damaged files each give a model or a failure, in less than a second', () => {
  const random = seeded(20260718);
  const texts = corpusNames()
    .map(corpusText)
    .filter((text) => text.length < 4000);
  const counts = { models: 0, failures: 0 };
  let slowest = 0;
  for (let i = 0; i < 10_000; i += 1) {
    const damaged = mutate(texts[i % texts.length] ?? '', random);
    const start = performance.now();
    const { failure } = readAsGo(damaged);
    slowest = Math.max(slowest, performance.now() - start);
    counts[failure === null ? 'models' : 'failures'] += 1;
    if (failure !== null)
      expect([failure.code, placeOf(failure)]).toEqual([
        'malformed-go-mod',
        expect.stringMatching(/^go\.mod:\d+:\d+$/),
      ]);
  }
  expect(counts.models).toBeGreaterThan(1000);
  expect(counts.failures).toBeGreaterThan(1000);
  expect(slowest).toBeLessThan(1000);
});
