import { malformed, type Fields } from './elf-fields.js';
import { findSection, linkedStrings, readSection, type ElfLayout } from './elf-sections.js';

/** Section types: .dynamic (gABI), .gnu.version_r (Linux Standard Base, "Symbol Versioning"). */
const dynamicType = 6;
const versionNeedType = 0x6ffffffe;
const tagNull = 0;
const tagNeeded = 1;
const maxLibraries = 1000;

/** The shared libraries that the file needs (DT_NEEDED), in its order. */
export function librariesNeeded(layout: ElfLayout): readonly string[] {
  const section = findSection(layout, dynamicType);
  if (section === undefined) return [];
  const table = readSection(layout, section);
  const names = linkedStrings(layout, section);
  const half = table.is64 ? 8 : 4;
  const libraries: string[] = [];
  for (let at = 0; at + 2 * half <= table.size; at += 2 * half) {
    const tag = table.u32(at);
    if (tag === tagNull) break;
    if (tag !== tagNeeded) continue;
    if (libraries.length >= maxLibraries)
      throw malformed(layout.source, 'section .dynamic', 'names too many libraries');
    libraries.push(names.text(table.word(at + half)));
  }
  return libraries;
}

/** The newest `GLIBC_x.y` that the file needs a symbol of, as `x.y`; null: none. */
export function glibcNeeded(layout: ElfLayout): string | null {
  const section = findSection(layout, versionNeedType);
  if (section === undefined) return null;
  const table = readSection(layout, section);
  const names = linkedStrings(layout, section);
  let newest: string | null = null;
  for (const nameAt of versionNames(layout, table)) {
    const version = /^GLIBC_(\d+(?:\.\d+)*)$/.exec(names.text(nameAt))?.[1];
    if (version !== undefined && (newest === null || compareGlibc(version, newest) > 0)) newest = version;
  }
  return newest;
}

/** The order of GLIBC versions: numbers, part by part. */
export function compareGlibc(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The name offsets of every version in .gnu.version_r: a chain of libraries, each with a chain of versions, linked by
 * relative offsets. Each step must go forward, so the walk ends.
 */
function versionNames(layout: ElfLayout, table: Fields): readonly number[] {
  const found: number[] = [];
  for (const library of chain(layout, table, { at: 0, next: 12, length: 16 })) {
    const first = table.u32(library + 8);
    if (first === 0) continue;
    for (const version of chain(layout, table, { at: library + first, next: 12, length: 16 })) {
      found.push(table.u32(version + 8));
      if (found.length * 16 > table.size)
        throw malformed(layout.source, 'section .gnu.version_r', 'runs in circles');
    }
  }
  return found;
}

function* chain(
  layout: ElfLayout,
  table: Fields,
  link: { at: number; next: number; length: number },
): Generator<number> {
  for (let at = link.at; at + link.length <= table.size;) {
    yield at;
    const step = table.u32(at + link.next);
    if (step === 0) return;
    at += step;
  }
  if (table.size > 0) throw malformed(layout.source, 'section .gnu.version_r', 'points past its end');
}
