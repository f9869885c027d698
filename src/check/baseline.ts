import {
  compareGoVersions,
  compareModuleVersions,
  isGoVersion,
  parseModuleVersion,
  toolchainVersion,
} from '../go/version.js';
import { levels, type Finding } from './finding.js';

/** What a change did to a finding: it brought it, it made it worse, or it was there before. */
export type Since = 'new' | 'worse' | 'old';

export interface Comparison {
  /** In the order of the head's findings. */
  readonly findings: readonly (Finding & { readonly since: Since })[];
  /** What the base had, and the head has no more. */
  readonly fixed: readonly Finding[];
}

/**
 * Tells what a change brought from what was there before it. Findings are the same by kind, module and code, wherever
 * they stand. Worse: the level rose, or the version is farther away from the server's. A version that changed and is
 * not known to be nearer counts as worse too.
 *
 * @param head the findings with the change, of one server; @param base those without it, of the same server
 */
export function againstBase(head: readonly Finding[], base: readonly Finding[]): Comparison {
  const before = pairs(head, base);
  const matched = new Set(before.values());
  return {
    findings: head.map((finding) => ({ ...finding, since: sinceOf(finding, before.get(finding)) })),
    fixed: base.filter((finding) => !matched.has(finding)),
  };
}

/** Each finding with what it was before: of several alike those of the same version, and the others in their order. */
function pairs(head: readonly Finding[], base: readonly Finding[]): ReadonlyMap<Finding, Finding> {
  const left = new Map<string, Finding[]>();
  for (const finding of base) left.set(keyOf(finding), [...(left.get(keyOf(finding)) ?? []), finding]);
  const found = new Map<Finding, Finding>();
  for (const isSame of [hasSameVersion, () => true]) {
    for (const finding of head) {
      const alike = left.get(keyOf(finding)) ?? [];
      const index = found.has(finding) ? -1 : alike.findIndex((other) => isSame(finding, other));
      const [before] = index === -1 ? [] : alike.splice(index, 1);
      if (before !== undefined) found.set(finding, before);
    }
  }
  return found;
}

function hasSameVersion(a: Finding, b: Finding): boolean {
  return a.plugin === b.plugin;
}

function keyOf({ kind, module, code }: Finding): string {
  return JSON.stringify([kind, module, code]);
}

function sinceOf(head: Finding, base: Finding | undefined): Since {
  if (base === undefined) return 'new';
  const rose = levels.indexOf(head.level) < levels.indexOf(base.level);
  return rose || isFarther(head, base) ? 'worse' : 'old';
}

/** Whether the head's version is farther away from the server's than the base's, or may be. */
function isFarther(head: Finding, base: Finding): boolean {
  if (head.server === null || head.plugin === base.plugin) return false;
  if (head.plugin === null || base.plugin === null) return true;
  const order = orderOf(head.kind);
  const versions = { head: order.read(head.plugin), base: order.read(base.plugin) };
  const server = order.read(head.server);
  if (versions.head === null || versions.base === null || server === null) return true;
  const side = Math.sign(order.compare(versions.head, server));
  const sideBefore = Math.sign(order.compare(versions.base, server));
  if (side === sideBefore) return side * order.compare(versions.head, versions.base) > 0;
  return !isNearer(distance(versions.head, server), distance(versions.base, server));
}

interface Order {
  /** The version within the text; null where it names none. */
  readonly read: (text: string) => string | null;
  readonly compare: (a: string, b: string) => number;
}

const goOrder: Order = {
  read: (text) => (isGoVersion(text) ? text : toolchainVersion(text)),
  compare: compareGoVersions,
};
const moduleOrder: Order = {
  read: (text) => (parseModuleVersion(text) === null ? null : text),
  compare: compareModuleVersions,
};

function orderOf(kind: Finding['kind']): Order {
  return kind === 'go' || kind === 'toolchain' ? goOrder : moduleOrder;
}

/** How far two module versions are apart: by major, minor and patch number. */
function distance(a: string, b: string): readonly bigint[] {
  const [x, y] = [numbersOf(a), numbersOf(b)];
  return x.map((number, index) => abs(number - (y[index] ?? 0n)));
}

function numbersOf(version: string): readonly bigint[] {
  const { major = '0', minor = '0', patch = '0' } = parseModuleVersion(version) ?? {};
  return [major, minor, patch].map(BigInt);
}

function abs(number: bigint): bigint {
  return number < 0n ? -number : number;
}

/** The first number that differs decides. */
function isNearer(a: readonly bigint[], b: readonly bigint[]): boolean {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index !== -1 && (a[index] ?? 0n) < (b[index] ?? 0n);
}
