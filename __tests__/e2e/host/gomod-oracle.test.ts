import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import {
  corpusDir,
  corpusNames,
  corpusText,
  mutate,
  oracleJson,
  readAsGo,
  seeded,
} from '../../support/gomod.js';

const dir = mkdtempSync(join(tmpdir(), 'gomod-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** What Go says of a file; null: it refuses it. */
function askGo(path: string): unknown {
  const { status, stdout, error } = spawnSync('go', ['mod', 'edit', '-json', path], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return status === 0 ? JSON.parse(stdout) : null;
}

test('the recorded answers are what Go says', () => {
  const recorded = JSON.parse(readFileSync(`${corpusDir}oracle.json`, 'utf8')) as unknown;
  expect(Object.fromEntries(corpusNames().map((name) => [name, askGo(corpusDir + name)]))).toEqual(recorded);
}, 120_000);

test('Go and the reader agree on 200 damaged files', () => {
  const random = seeded(1_000_003);
  const texts = corpusNames()
    .map(corpusText)
    .filter((text) => text.length < 4000);
  const path = join(dir, 'go.mod');
  let accepted = 0;
  for (let i = 0; i < 200; i += 1) {
    const text = mutate(texts[i % texts.length] ?? '', random);
    writeFileSync(path, text);
    const answer = askGo(path);
    accepted += answer === null ? 0 : 1;
    expect({ text, json: readAsGo(text).json }).toEqual({
      text,
      json: answer === null ? null : oracleJson(answer),
    });
  }
  expect(accepted).toBeGreaterThan(20);
  expect(accepted).toBeLessThan(180);
}, 300_000);
