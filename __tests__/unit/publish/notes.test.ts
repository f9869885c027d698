import { describe, expect, test } from '@jest/globals';
import type { IndexEntry } from '../../../src/publish/index-file.js';
import { emptyNotes, isOurs, withNotes } from '../../../src/publish/notes.js';
import type { Left } from '../../../src/publish/request.js';

const limit = 125_000;

function entry(at: number): IndexEntry {
  const file = `hello-linux-amd64-for-gotify-v2.${String(at)}.0.so`;
  return {
    file,
    commit: null,
    sha256: 'a'.repeat(64),
    size: 1,
    target: 'linux-amd64',
    goVersion: '1.26.0',
    servers: [`v2.${String(at)}.0`],
    modules: [],
    verdict: { kind: 'loads', compared: 300 },
  };
}

function leftOut(at: number, text = 'would not load'): Left {
  return { target: 'linux-386', servers: [`v2.${String(at)}.0`], text: `linux-386 ${text}` };
}

const many = <T>(count: number, item: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => item(at));

describe('a text that would be longer than GitHub takes', () => {
  test('has sentences about what is missing that are not longer than a few lines', () => {
    const left = [leftOut(1, `was not built: ${'undefined: x\n'.repeat(1000)}`)];
    const body = withNotes(emptyNotes, { files: [entry(2)], left });
    expect(body.length).toBeLessThan(5000);
    expect(body).toContain('| <code>hello');
    expect(body).toContain('linux&#45;386 was not built&#58; undefined');
  });

  test('points to gotify-plugin.json in place of its table, and says all the same what is missing', () => {
    const notes = { files: many(1200, entry), left: many(3, leftOut) };
    const body = withNotes(`Mine\n${emptyNotes}\nYours`, notes);
    expect(body.length).toBeLessThanOrEqual(limit);
    expect(body).not.toContain('<code>');
    expect(body).toMatch(/^Mine\n<!-- [^]*gotify-plugin\.json[^]*-->\nYours$/);
    expect(body.match(/^- linux&#45;386 would not load/gm)).toHaveLength(3);
    // The next look finds nothing to change.
    expect(withNotes(body, notes)).toBe(body);
  });

  test('counts what there is no room to name', () => {
    const notes = { files: [], left: many(2000, (at) => leftOut(1000 + at, `${'&'.repeat(100)} does not`)) };
    const body = withNotes(emptyNotes, notes);
    expect(body.length).toBeLessThanOrEqual(limit);
    const named = body.match(/^- linux/gm)?.length ?? 0;
    expect(named).toBeGreaterThan(100);
    expect(body).toContain(`And ${String(2000 - named)} more.`);
    expect(withNotes(body, notes)).toBe(body);
    expect(isOurs(body)).toBe(true);
  });

  test('is left alone where somebody else’s words take all the room', () => {
    const body = `${'x'.repeat(limit - emptyNotes.length)}${emptyNotes}`;
    expect(withNotes(body, { files: [entry(1)], left: [] })).toBe(body);
  });
});
