import * as v from 'valibot';
import type { Places } from '../build/builder.js';
import { Failure } from '../errors.js';
import type { ListedModule, ListedPackage, PluginListing } from './listing.js';

/** What is asked of each package; naming the fields spares the go command work, and 9 of 10 bytes of output. */
const fields = ['ImportPath', 'Name', 'Standard', 'DepOnly', 'Imports', 'ImportMap', 'CgoFiles', 'Module'];

/**
 * The arguments, after `go`, that list a plugin's packages and all they import, for Go 1.19 and later. As a side effect
 * Go downloads the modules that those packages come from, and no other.
 *
 * @param request.package `.` or `./cmd/x`
 * @param request.tags the value of `-tags`, so that the listing sees the files that the build will see
 * @param request.overlay whether the pin's overlay.json is in use
 */
export function listArgs(request: {
  readonly places: Pick<Places, 'pin'>;
  readonly package: string;
  readonly tags: string | null;
  readonly overlay?: boolean;
}): string[] {
  return [
    'list',
    '-deps',
    '-mod=mod',
    `-modfile=${request.places.pin}/go.mod`,
    ...(request.overlay === true ? [`-overlay=${request.places.pin}/overlay.json`] : []),
    `-json=${fields.join(',')}`,
    ...(request.tags === null ? [] : [`-tags=${request.tags}`]),
    request.package,
  ];
}

/** A module that Go took at its newest version, for an import that no module provides which a go.mod names. */
export interface NewestModule {
  readonly path: string;
  readonly version: string;
  /** The import path of the package that it was taken for. */
  readonly importPath: string;
}

/** The modules that `go list -mod=mod` or `go mod tidy` says on stderr that it found (cmd/go/internal/modload). */
export function newestModules(stderr: string): readonly NewestModule[] {
  const found = [...stderr.matchAll(/^go: found (\S+) in (\S+) (v\S+)$/gm)];
  return found.map(([, importPath = '', path = '', version = '']) => ({ path, version, importPath }));
}

const moduleSchema = v.object({
  Path: v.string(),
  Version: v.optional(v.string()),
  Main: v.optional(v.boolean(), false),
  GoVersion: v.optional(v.string()),
  Replace: v.optional(
    v.object({ Path: v.string(), Version: v.optional(v.string()), GoVersion: v.optional(v.string()) }),
  ),
});

const packageSchema = v.object({
  ImportPath: v.string(),
  Name: v.optional(v.string(), ''),
  Standard: v.optional(v.boolean(), false),
  DepOnly: v.optional(v.boolean(), false),
  Imports: v.optional(v.array(v.string()), []),
  ImportMap: v.optional(v.record(v.string(), v.string()), {}),
  CgoFiles: v.optional(v.array(v.string()), []),
  Module: v.optional(moduleSchema),
});

type RawPackage = v.InferOutput<typeof packageSchema>;
type RawModule = v.InferOutput<typeof moduleSchema>;

/**
 * Reads what `go list -deps -json` printed: JSON objects one after the other. A replaced module goes by its own path
 * and by the version that replaces it.
 *
 * @throws Failure (surroundings) where that is not what was printed
 */
export function parseListing(stdout: string): PluginListing {
  const raw = readObjects(packageSchema, stdout);
  const main = raw.find((item) => !item.DepOnly);
  if (main === undefined) throw unreadable('it names no package but dependencies');
  return {
    main: main.ImportPath,
    packages: new Map(raw.map((item) => [item.ImportPath, packageOf(item)])),
  };
}

/**
 * What `go list -json` printed, checked.
 *
 * @throws Failure (surroundings) where that is not what was printed
 */
export function readObjects<T>(schema: v.GenericSchema<unknown, T>, stdout: string): readonly T[] {
  const raw = v.safeParse(v.array(schema), parseObjects(stdout));
  if (raw.success) return raw.output;
  const [issue] = raw.issues;
  throw unreadable(`${v.getDotPath(issue) ?? 'the list'}: ${issue.message}`);
}

/** A line that is `}` alone ends an object: inside of one Go indents, and JSON strings have no line ends. */
function parseObjects(stdout: string): unknown {
  const text = stdout.trimEnd().replace(/^\}\r?\n(?=\{)/gm, '},\n');
  try {
    return JSON.parse(`[${text}]`);
  } catch (error) {
    throw unreadable('it is not JSON', error);
  }
}

function packageOf(raw: RawPackage): ListedPackage {
  return {
    importPath: raw.ImportPath,
    name: raw.Name,
    standard: raw.Standard,
    imports: raw.Imports.map((path) => raw.ImportMap[path] ?? path),
    ...(raw.Module === undefined ? {} : { module: moduleOf(raw.Module) }),
    usesCgo: raw.CgoFiles.length > 0,
  };
}

function moduleOf(raw: RawModule): ListedModule {
  const real = raw.Replace ?? raw;
  return {
    path: raw.Path,
    version: raw.Main ? null : (real.Version ?? null),
    goVersion: real.GoVersion ?? null,
    main: raw.Main,
    ...(raw.Replace === undefined ? {} : { replaces: raw.Version ?? '' }),
    ...(real.Path === raw.Path ? {} : { replacedBy: real.Path }),
  };
}

function unreadable(why: string, cause?: unknown): Failure {
  return new Failure('surroundings', {
    code: 'go-list-unreadable',
    what: `the output of \`go list -json\` cannot be read: ${why}`,
    remedy: 'Run it again with --verbose. If it happens again, please report it with that output.',
    ...(cause === undefined ? {} : { cause }),
  });
}
