import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../errors.js';
import type { Files } from '../ports.js';

/** A file to write; `before` is what it was when the run read it, null where it was not there. */
export interface NewText {
  /** Absolute. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/**
 * Writes all files or none: each is written beside its place first, and moved there once all are. Links are followed,
 * and the owner stays.
 *
 * @throws Failure (input) `changed-meanwhile` where a file is no longer what it was
 */
export async function writeAll(texts: readonly NewText[], files: Files): Promise<void> {
  const drafts: { readonly draft: string; readonly place: string; readonly text: NewText }[] = [];
  const moved: typeof drafts = [];
  try {
    for (const text of texts) {
      await checkUnchanged(text, files);
      const place = text.before === null ? text.path : await files.realPath(text.path);
      const draft = join(dirname(place), `.${basename(place)}.${randomUUID()}`);
      drafts.push({ draft, place, text });
      await files.write(draft, text.after);
      await keepOwner(place, draft, files);
    }
    for (const each of drafts) {
      await files.move(each.draft, each.place);
      moved.push(each);
    }
  } catch (error) {
    for (const { place, text } of moved) await restore(place, text, files);
    throw error;
  } finally {
    for (const { draft } of drafts) await files.remove(draft).catch(() => undefined);
  }
}

async function checkUnchanged({ path, before }: NewText, files: Files): Promise<void> {
  const now = (await files.stat(path)) === null ? null : await files.readText(path);
  if (now === before) return;
  throw new Failure('input', {
    code: 'changed-meanwhile',
    what: 'the file was changed while this ran, so nothing is written',
    remedy: 'Run it again.',
    where: { kind: 'file', file: path },
  });
}

async function keepOwner(place: string, draft: string, files: Files): Promise<void> {
  const [old, made] = [await files.stat(place), await files.stat(draft)];
  if (old === null || (old.uid === made?.uid && old.gid === made.gid)) return;
  // Only root can give files away; for others the file is theirs now, as with any editor.
  await files.chown(draft, old).catch(() => undefined);
}

async function restore(place: string, { before }: NewText, files: Files): Promise<void> {
  if (before === null) await files.remove(place);
  else await files.write(place, before);
}
