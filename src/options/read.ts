import { Failure } from '../errors.js';
import type { InputName } from './contract.js';

/** The trimmed text of an input, its default where it is absent or empty. */
export type Read = (name: InputName) => string;

/** @throws Failure (input) where the text is none of the values */
export function oneOf<const T extends string>(name: InputName, values: readonly T[], read: Read): T {
  const written = read(name);
  const value = values.find((candidate) => candidate === written);
  if (value !== undefined) return value;
  throw bad(name, `${quoted(written)} is not a value of ${name}`, `Write ${list(values)}.`);
}

/** @throws Failure (input) for anything but `true` and `false` */
export function isTrue(name: InputName, read: Read): boolean {
  return oneOf(name, ['true', 'false'], (wanted) => read(wanted).toLowerCase()) === 'true';
}

/** The failure that names an input, what is wrong with it and what to write. */
export function bad(input: InputName, what: string, remedy: string): Failure {
  return new Failure('input', { code: `bad-${input}`, what, remedy, where: { kind: 'input', input } });
}

export function quoted(written: string): string {
  return JSON.stringify(written.length > 200 ? `${written.slice(0, 200)}...` : written);
}

function list(values: readonly string[]): string {
  return values.length === 1
    ? (values[0] ?? '')
    : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
