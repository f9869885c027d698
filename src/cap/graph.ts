import type { Module } from '../go/module.js';
import { compareModuleVersions } from '../go/version.js';
import type { Unequal } from './result.js';

/** One line of `go mod graph`: a module at a version, and what its go.mod asks for. */
export interface Requirement {
  /** Version null: the main module. */
  readonly by: { readonly path: string; readonly version: string | null };
  readonly asks: Module;
}

/** A dependency that raises modules of the server's. */
export interface Culprit {
  readonly path: string;
  readonly version: string;
  /** What its go.mod asks for; of several the one that raises most. */
  readonly asks: Module;
  /** Everything that is raised because of it, what it asks for first. */
  readonly raises: readonly Unequal[];
}

/**
 * Reads what `go mod graph` prints: two modules a line, `path@version`, the main module without a version. Go's own
 * `go@1.24` and `toolchain@...` entries are left out.
 */
export function parseGraph(stdout: string): readonly Requirement[] {
  return stdout.split('\n').flatMap((line) => {
    const [left = '', right = ''] = line.trim().split(' ');
    const [by, asks] = [moduleOf(left), moduleOf(right)];
    if (left === '' || asks.version === null || asks.path === 'go' || asks.path === 'toolchain') return [];
    return [{ by, asks: { path: asks.path, version: asks.version } }];
  });
}

/**
 * The dependencies that are why modules are newer than the server's: those that ask for a newer version themselves.
 * What is there only because of a module that was raised is no culprit but a consequence.
 *
 * @param request.roots what go.mod requires with each of the server's modules at the server's version
 * @param request.versions path -> version of the server's modules
 */
export function culpritsOf(
  unequal: readonly Unequal[],
  request: {
    readonly roots: readonly Module[];
    readonly graph: readonly Requirement[];
    readonly versions: ReadonlyMap<string, string>;
  },
): readonly Culprit[] {
  const { roots, graph, versions } = request;
  const asked = askedBy(graph);
  const isRaised = ({ path, version }: Module): boolean => {
    const most = versions.get(path);
    return most !== undefined && compareModuleVersions(version, most) > 0;
  };
  const raisedBy = (module: Module): readonly Unequal[] => {
    const reached = new Set(walk([module], asked, () => true).map(({ path }) => path));
    return unequal.filter(({ path }) => reached.has(path));
  };
  const found = walk(roots, asked, (module) => !isRaised(module)).flatMap((module): Culprit[] => {
    const asks = (asked.get(keyOf(module)) ?? []).filter(isRaised);
    const byEffect = asks.toSorted((a, b) => raisedBy(b).length - raisedBy(a).length);
    const [most] = byEffect;
    if (most === undefined || isRaised(module)) return [];
    const raises = new Set([
      ...unequal.filter(({ path }) => path === most.path),
      ...byEffect.flatMap(raisedBy),
    ]);
    return raises.size === 0 ? [] : [{ ...module, asks: most, raises: [...raises] }];
  });
  return selectedOnly(found).toSorted((a, b) => b.raises.length - a.raises.length);
}

/** Path and version -> what that module's go.mod asks for. */
function askedBy(graph: readonly Requirement[]): ReadonlyMap<string, readonly Module[]> {
  const asked = new Map<string, Module[]>();
  for (const { by, asks } of graph) {
    if (by.version === null) continue;
    const key = keyOf({ path: by.path, version: by.version });
    const known = asked.get(key);
    if (known === undefined) asked.set(key, [asks]);
    else known.push(asks);
  }
  return asked;
}

/** Every module that can be reached, those it starts from too; the walk ends at a module that is not to be entered. */
function walk(
  from: readonly Module[],
  asked: ReadonlyMap<string, readonly Module[]>,
  enters: (module: Module) => boolean,
): readonly Module[] {
  const seen = new Map(from.map((module) => [keyOf(module), module]));
  for (const [key, module] of seen) {
    if (!enters(module)) continue;
    for (const next of asked.get(key) ?? []) if (!seen.has(keyOf(next))) seen.set(keyOf(next), next);
  }
  return [...seen.values()];
}

/** Of a dependency that is asked for at several versions the highest is the one in use. */
function selectedOnly(culprits: readonly Culprit[]): readonly Culprit[] {
  const highest = new Map<string, Culprit>();
  for (const culprit of culprits) {
    const known = highest.get(culprit.path);
    if (known === undefined || compareModuleVersions(culprit.version, known.version) > 0)
      highest.set(culprit.path, culprit);
  }
  return [...highest.values()];
}

function keyOf({ path, version }: Module): string {
  return `${path}@${version}`;
}

/** A direct requirement of the plugin's that leads to a module; null where there is none. */
export function wayTo(
  target: string,
  direct: readonly string[],
  graph: readonly Requirement[],
): string | null {
  const from = new Map(direct.map((path) => [path, path]));
  const queue = [...direct];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const start = from.get(path);
    if (path === target) return start ?? null;
    for (const { by, asks } of graph) {
      if (by.path !== path || from.has(asks.path) || start === undefined) continue;
      from.set(asks.path, start);
      queue.push(asks.path);
    }
  }
  return null;
}

function moduleOf(text: string): Requirement['by'] {
  const at = text.indexOf('@');
  return at === -1 ? { path: text, version: null } : { path: text.slice(0, at), version: text.slice(at + 1) };
}
