import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../errors.js';
import type { Files, FileStat } from '../ports.js';

/** A file to write; `before` is what it was when the run read it, null where it was not there. */
export interface NewText {
  /** Absolute. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/** A file on its way: what is written beside its place is moved there at the end. */
interface Draft {
  readonly path: string;
  readonly place: string;
  /** What lies at the place; null: nothing yet. */
  readonly old: FileStat | null;
  readonly text: NewText;
}

/**
 * Writes all files or none: each is written beside its place first, and moved there once all are. Links are followed,
 * and owner and permissions stay.
 *
 * @throws Failure (input) as checkText does, and `read-only` where a file may not be written
 */
export async function writeAll(texts: readonly NewText[], files: Files): Promise<void> {
  for (const text of texts) await checkWritable(text, files);
  const drafts: Draft[] = [];
  const moved: Draft[] = [];
  try {
    for (const text of texts) {
      const draft = await draftOf(text, files);
      drafts.push(draft);
      await put(draft.path, text.after, { old: draft.old, files });
    }
    for (const draft of drafts) {
      await files.move(draft.path, draft.place);
      moved.push(draft);
    }
  } catch (error) {
    for (const draft of moved) await restore(draft, files);
    throw error;
  } finally {
    for (const { path } of drafts) await files.remove(path).catch(() => undefined);
  }
}

/**
 * Sees that a file is still what was read, down to the byte: what is no UTF-8 was read as something else, and would be
 * written so.
 *
 * @throws Failure (input) `changed-meanwhile`, `not-utf-8` with its line
 */
export async function checkText({ path, before }: NewText, files: Files): Promise<void> {
  const bytes = (await files.stat(path)) === null ? null : Buffer.from(await files.readBytes(path));
  const text = bytes?.toString('utf8') ?? null;
  if (text !== before) throw changed(path);
  if (bytes === null || text === null || Buffer.from(text, 'utf8').equals(bytes)) return;
  throw new Failure('input', {
    code: 'not-utf-8',
    what: 'the file has bytes that are no UTF-8 text, and they would be lost',
    remedy: 'Save the file as UTF-8.',
    where: { kind: 'file', file: path, line: lineOfDifference(bytes, Buffer.from(text, 'utf8')) },
  });
}

async function checkWritable(text: NewText, files: Files): Promise<void> {
  await checkText(text, files);
  if (text.before === null || (await files.isWritable(text.path))) return;
  throw new Failure('input', {
    code: 'read-only',
    what: 'the file may not be written, so nothing is',
    remedy: 'Make it writable (`chmod u+w`, or as its owner), and run it again.',
    where: { kind: 'file', file: text.path },
  });
}

function changed(path: string): Failure {
  return new Failure('input', {
    code: 'changed-meanwhile',
    what: 'the file was changed while this ran, so nothing is written',
    remedy: 'Run it again.',
    where: { kind: 'file', file: path },
  });
}

/** The line of the first byte that differs, counted from 1. */
function lineOfDifference(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return a.subarray(0, at === -1 ? a.length : at).filter((byte) => byte === 0x0a).length + 1;
}

async function draftOf(text: NewText, files: Files): Promise<Draft> {
  const place = text.before === null ? text.path : await files.realPath(text.path);
  const path = join(dirname(place), `.${basename(place)}.${randomUUID()}`);
  return { path, place, old: await files.stat(place), text };
}

/** Writes a file that stands for an old one: its owner and permissions are that one's. */
async function put(
  path: string,
  text: string,
  { old, files }: { readonly old: FileStat | null; readonly files: Files },
): Promise<void> {
  // Nobody may read it who may not read the old one, also before its mode is set.
  await files.write(path, text, old === null ? {} : { mode: old.mode & 0o700 });
  if (old === null) return;
  const made = await files.stat(path);
  // Only root can give files away; for others the file is theirs now, as with any editor.
  if (old.uid !== made?.uid || old.gid !== made.gid) await files.chown(path, old).catch(() => undefined);
  await files.setMode(path, old.mode);
}

async function restore({ place, text, old }: Draft, files: Files): Promise<void> {
  if (text.before === null) await files.remove(place);
  else await put(place, text.before, { old, files });
}
