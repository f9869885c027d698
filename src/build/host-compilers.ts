import { Failure } from '../errors.js';
import type { Files } from '../ports.js';
import { isInPath } from './in-path.js';
import type { Target } from './target.js';

/** The C and C++ compilers of one target, as CC and CXX name them. */
export interface Compiler {
  readonly cc: string;
  readonly cxx: string;
}

/** Debian's packages for the machine's own architecture. */
const nativePackages = ['gcc', 'g++', 'libc6-dev'];

/**
 * The compilers for each target: the machine's own for its own architecture, Debian's cross compilers for the others.
 * A C++ compiler is named but not asked for: only plugins with C++ code need it.
 *
 * @param request.arch Go's name of this machine's architecture
 * @throws Failure (surroundings, `missing-compiler`) with one apt-get line for everything that is missing
 */
export async function findCompilers(
  request: { readonly targets: readonly Target[]; readonly arch: string; readonly path: string | undefined },
  files: Files,
): Promise<readonly Compiler[]> {
  const { targets, arch, path } = request;
  const has = (name: string): Promise<boolean> => isInPath(name, { path, files });
  const found = await Promise.all(
    targets.map((target) => findCompiler({ target, native: target.goarch === arch, has })),
  );
  const missing = targets.filter((_, index) => found[index] === null);
  const noTimeout = !(await has('timeout'));
  if (missing.length > 0 || noTimeout) throw missingPrograms({ missing, noTimeout, arch });
  return found.filter((compiler) => compiler !== null);
}

async function findCompiler(request: {
  readonly target: Target;
  readonly native: boolean;
  readonly has: (name: string) => Promise<boolean>;
}): Promise<Compiler | null> {
  const { target, native, has } = request;
  const { cc, cxx } = target.compiler;
  const candidates = [
    ...(native
      ? [
          { cc: 'gcc', cxx: 'g++' },
          { cc: 'cc', cxx: 'c++' },
        ]
      : []),
    { cc, cxx },
  ];
  for (const candidate of candidates) {
    if (await has(candidate.cc)) return candidate;
  }
  return null;
}

function missingPrograms(request: {
  readonly missing: readonly Target[];
  readonly noTimeout: boolean;
  readonly arch: string;
}): Failure {
  const { missing, noTimeout, arch } = request;
  const packages = missing.flatMap((target) =>
    target.goarch === arch ? nativePackages : target.compiler.packages,
  );
  const names = missing.map(({ name }) => name).join(', ');
  return new Failure('surroundings', {
    code: missing.length > 0 ? 'missing-compiler' : 'missing-timeout',
    what:
      missing.length > 0
        ? `this machine has no C compiler for ${names}`
        : 'this machine has no timeout command',
    remedy: `Install what is missing (sudo apt-get install -y ${[...packages, ...(noTimeout ? ['coreutils'] : [])].join(' ')}), leave the target out, or use builder docker.`,
  });
}
