import { posix } from 'node:path';
import type { Places } from '../build/builder.js';
import type { PluginProject } from './project.js';

/** Whose a file is that go's messages name. `display` is what to call it. */
export type SourcePlace =
  | {
      readonly kind: 'own';
      readonly display: string;
      /** Below the module's folder. */ readonly inside: string;
    }
  /** A folder that a local `replace` names. */
  | { readonly kind: 'replaced'; readonly display: string }
  /** A file of the module cache. */
  | { readonly kind: 'module'; readonly display: string; readonly path: string; readonly version: string }
  /** The check of ours that is compiled with the plugin: see api-check.ts. */
  | { readonly kind: 'api-check'; readonly display: string }
  | { readonly kind: 'other'; readonly display: string };

export interface PlaceContext {
  readonly places: Places;
  readonly project: Pick<PluginProject, 'displayDir'>;
  /** The folders of local replaces as go.mod names them, in the order of their number N in /replaced/N. */
  readonly replaced: readonly string[];
}

/** Tells where a file is, whose name go printed relative to the module's folder, or absolute. */
export function placeOf(file: string, { places, project, replaced }: PlaceContext): SourcePlace {
  const path = posix.resolve(places.module, file);
  if (path === `${places.pin}/api_check.go`) return { kind: 'api-check', display: path };
  const cached = cachedModule(path);
  if (cached !== null) return cached;
  const inside = below(places.module, path);
  if (inside !== null) return { kind: 'own', inside, display: posix.join(project.displayDir, inside) };
  for (const [index, dir] of replaced.entries()) {
    const rest = below(places.replaced(index), path);
    if (rest !== null) return { kind: 'replaced', display: posix.join(project.displayDir, dir, rest) };
  }
  return { kind: 'other', display: path };
}

/** `/go/pkg/mod/github.com/!burnt!sushi/toml@v1.0.0/x.go`: capital letters are written as `!` and the small one. */
function cachedModule(path: string): SourcePlace | null {
  const [, escaped, version, rest] = /\/mod\/([^@]+)@(v[^/]+)\/(.+)$/.exec(path) ?? [];
  if (escaped === undefined || version === undefined || rest === undefined) return null;
  const module = unescapePath(escaped);
  return {
    kind: 'module',
    path: module,
    version: unescapePath(version),
    display: `${module}@${unescapePath(version)}/${rest}`,
  };
}

function unescapePath(text: string): string {
  return text.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function below(dir: string, path: string): string | null {
  return path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : null;
}
