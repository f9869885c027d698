import { Failure } from '../errors.js';
import { joinQuoted } from './quoted.js';

/** Where the server's own build has its module cache: export data holds file names, so they have to agree. */
export const serverModCache = '/go/pkg/mod';

/**
 * What go runs in place of each tool: a constant text, which takes the module cache's place from the environment.
 * Go starts the compiler as `compile -o FILE -trimpath REWRITES ...` and the assembler as `asm -p PATH -trimpath
 * REWRITES ...` (cmd/go/internal/work/gc.go, Go 1.19 to 1.26); one more rewrite goes to the end of that list, as the
 * first that fits wins and go's own are more special. The standard library is not in the module cache (toolchain.ts),
 * and keeps its name. A compiler started in any other way is an error: a package without the rewrite would be one that
 * no server has. The assembler's output is no part of a package's hash, but would keep this machine's paths. `-V=full`
 * is how go asks for a tool's identity, which is part of every cache key: what becomes of Go's own place and of the
 * module cache's belongs to it.
 */
const script = `
map="$GOMODCACHE=>${serverModCache}"
case "\${1##*/} $2 $4" in
"compile -V=full "|"asm -V=full ")
  line=$("$@") && printf "%s %s\\n" "$line" "\\$GOROOT;$map" ;;
"compile -o -trimpath"|"asm -p -trimpath")
  tool=$1 flag=$2 value=$3 rewrites=$5
  shift 5
  exec "$tool" "$flag" "$value" -trimpath "$rewrites;$map" "$@" ;;
"compile "*)
  echo "gotify-plugin-build: this Go starts its compiler in an unknown way: $*" >&2
  exit 1 ;;
*)
  exec "$@" ;;
esac
`;

/**
 * The argument of `go build` that maps the module cache's path to the one in the server's build, on every compiled
 * package (facts of `-trimpath`: cmd/internal/objabi/line.go in Go). Works with GOMODCACHE set in go's environment.
 */
export function toolexecArg(): string {
  const value = joinQuoted(['/bin/sh', '-c', script, 'gotify-plugin-build']);
  if (value === null) throw new Error('the wrapper script cannot be quoted');
  return `-toolexec=${value}`;
}

/**
 * @param modCache the absolute path that GOMODCACHE will have
 * @throws Failure (input) for a path that the compiler's rewrites cannot name: `;` separates them, and a line break
 *   cannot be part of a tool's identity
 */
export function checkMappable(modCache: string): void {
  const bad = /[;\n\r\0]/.exec(modCache)?.[0];
  if (bad === undefined) return;
  throw new Failure('input', {
    code: 'unmappable-cache-dir',
    what: `the cache folder's path "${modCache}" has ${bad === ';' ? 'a semicolon' : 'a control character'} in it, and Go's compiler cannot map such a path to the server's`,
    remedy: 'Name another folder with cache-dir, or use builder docker.',
    where: { kind: 'input', input: 'cache-dir' },
  });
}
