import { targetNames, type TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import type { BuildOptions } from './options.js';

/** What other tools call these architectures. */
const otherNames: Readonly<Record<string, TargetName>> = {
  arm: 'linux-arm-7',
  arm7: 'linux-arm-7',
  armv7: 'linux-arm-7',
  armhf: 'linux-arm-7',
  aarch64: 'linux-arm64',
  x86_64: 'linux-amd64',
  x64: 'linux-amd64',
  i386: 'linux-386',
  x86: 'linux-386',
};

/**
 * Reads the `targets` input: `all`, `native`, or names separated by commas, blanks or newlines, with or without
 * `linux-`; one written twice counts once.
 *
 * @throws Failure (input, `bad-targets`) for anything else
 */
export function parseTargets(text: string): BuildOptions['targets'] {
  const items = text.split(/[\s,]+/).filter((item) => item !== '');
  const [only] = items;
  if (items.length === 1 && (only === 'all' || only === 'native')) return only;
  if (items.length === 0) throw bad('no target is named');
  return [...new Set(items.map(parseTarget))];
}

function parseTarget(item: string): TargetName {
  const name = targetNames.find((target) => target === item || target === `linux-${item}`);
  if (name !== undefined) return name;
  if (item === 'all' || item === 'native') throw bad(`${item} stands alone, and here it is in a list`);
  const meant = otherNames[item.replace(/^linux[-/]/, '')];
  throw bad(`${JSON.stringify(item)} is not a target${meant === undefined ? '' : `; ${meant} may be meant`}`);
}

function bad(what: string): Failure {
  return new Failure('input', {
    code: 'bad-targets',
    what,
    remedy: `Write all, native, or some of ${targetNames.join(', ')}.`,
    where: { kind: 'input', input: 'targets' },
  });
}
