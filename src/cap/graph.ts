import type { Module } from '../go/module.js';
import { compareModuleVersions } from '../go/version.js';
import type { Unequal } from './result.js';

/** One line of `go mod graph`: a module at a version, and what its go.mod asks for. */
export interface Requirement {
  /** Version null: the main module. */
  readonly by: { readonly path: string; readonly version: string | null };
  readonly asks: Module;
}

/** A dependency of the plugin's own that raises modules of the server's. */
export interface Culprit {
  readonly path: string;
  readonly version: string;
  /** What its go.mod asks for; the first of them. */
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
 * The dependencies that are why modules are newer than the server's. Where a module of the server's own list asks for
 * the newer version, it was raised itself, and what raised it is to blame.
 *
 * @param versions path -> version of the server's modules
 */
export function culpritsOf(
  unequal: readonly Unequal[],
  graph: readonly Requirement[],
  versions: ReadonlyMap<string, string>,
): readonly Culprit[] {
  const found = new Map<string, { readonly at: Module; readonly asks: Module; raises: Unequal[] }>();
  for (const module of unequal) {
    for (const { by, asks } of blame(module.path, { graph, versions, seen: new Set() })) {
      const key = `${by.path}@${by.version}`;
      const known = found.get(key) ?? { at: by, asks, raises: [] };
      const isAsked = module.path === asks.path && asks.path === known.asks.path;
      known.raises = isAsked ? [module, ...known.raises] : [...known.raises, module];
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ at, asks, raises }) => ({ ...at, asks, raises }));
}

interface Search {
  readonly graph: readonly Requirement[];
  readonly versions: ReadonlyMap<string, string>;
  readonly seen: Set<string>;
}

interface Blamed {
  readonly by: Module;
  readonly asks: Module;
}

function blame(path: string, search: Search): readonly Blamed[] {
  const { graph, versions, seen } = search;
  if (seen.has(path)) return [];
  seen.add(path);
  const most = versions.get(path) ?? '';
  const edges = graph.flatMap(({ by, asks }): Blamed[] =>
    asks.path !== path || by.version === null || compareModuleVersions(asks.version, most) <= 0
      ? []
      : [{ by: { path: by.path, version: by.version }, asks }],
  );
  const own = edges.filter(({ by }) => !versions.has(by.path));
  const further = edges.filter(({ by }) => versions.has(by.path)).flatMap(({ by }) => blame(by.path, search));
  // A server whose own modules disagree with its list: then the module itself is all there is to name.
  return own.length + further.length > 0 ? highest([...own, ...further]) : edges;
}

/** Of one dependency at one version, one line a module that it asks for. */
function highest(all: readonly Blamed[]): readonly Blamed[] {
  return [...new Map(all.map((each) => [`${each.by.path}@${each.by.version}`, each])).values()];
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
