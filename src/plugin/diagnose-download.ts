import { Failure, type Where } from '../errors.js';
import { errorWhere, oneLine, requireWhere, type DiagnosisContext } from './diagnosis.js';
import { parseGoOutput } from './go-output.js';
import { placeOf } from './source-place.js';

/** Why a module could not be had, or null where stderr is about something else. */
export function downloadFailure(stderr: string, context: DiagnosisContext): Failure | null {
  return checksumMismatch(stderr, context) ?? unavailable(stderr, context);
}

/**
 * A module's content is not what go.sum or the checksum database says. If the plugin's own go.sum has that sum, the
 * author can look into it; else it is the proxy, or an attacker.
 */
function checksumMismatch(stderr: string, context: DiagnosisContext): Failure | null {
  const [, module, version] = /verifying (\S+?)@(\S+?): checksum mismatch/.exec(stderr) ?? [];
  if (module === undefined || version === undefined) return null;
  const [, source = 'go.sum', sum = ''] =
    /^\s+([^\s:]+):\s+(h1:\S+)\s*$/m.exec(stderr.replace(/^\s+downloaded:.*$/m, '')) ?? [];
  const line = source === 'go.sum' ? ownSumLine(sum, context) : null;
  const place: Where = { kind: 'file', file: goSum(context), ...(line === null ? {} : { line }) };
  return new Failure(line === null ? 'surroundings' : 'input', {
    code: 'checksum-mismatch',
    what: `the content of ${module} ${version} that was downloaded is not the one that ${line === null ? source : "the plugin's go.sum"} vouches for (${sum})`,
    remedy:
      line === null
        ? "Something between here and the module's origin changed it: do not use it. Look at GOPROXY, or try again from another network."
        : 'Find out which is right before you build: if that version was published anew, remove its lines from go.sum and run `go mod tidy`; if not, do not use what was downloaded.',
    where: line === null ? requireWhere(module, context) : place,
  });
}

function goSum({ project }: DiagnosisContext): string {
  return project.displayGoMod.replace(/go\.mod$/, 'go.sum');
}

/** 1-based; null where the plugin's go.sum does not have this sum. */
function ownSumLine(sum: string, { project }: DiagnosisContext): number | null {
  const lines = project.goSumText?.split('\n') ?? [];
  const index = lines.findIndex((line) => sum !== '' && line.trimEnd().endsWith(sum));
  return index === -1 ? null : index + 1;
}

interface Trouble {
  readonly code: string;
  readonly kind: 'plugin' | 'surroundings';
  readonly pattern: RegExp;
  readonly what: string;
  readonly remedy: string;
}

/** The first that matches counts: what a server answered says more than that git failed after it. */
const troubles: readonly Trouble[] = [
  {
    code: 'no-git',
    kind: 'surroundings',
    pattern: /exec: "(?:git|hg|svn|fossil|bzr)": executable file not found/,
    what: 'cannot be had from its origin, as its version control program is not installed',
    remedy:
      'Use a module proxy (GOPROXY), install the program, or use builder: docker, whose images have git.',
  },
  {
    code: 'module-auth',
    kind: 'surroundings',
    pattern:
      /\b40[137] |terminal prompts disabled|could not read (?:Username|Password)|Permission denied|Authentication failed|Host key verification failed|Repository not found|The requested URL returned error: 40[13]/,
    what: 'is refused: it does not exist there, or needs a login',
    remedy:
      'Check the import path. For a private module set GOPRIVATE, and give the login in a .netrc file (or a GOPROXY that has one).',
  },
  {
    code: 'checksum-database',
    kind: 'surroundings',
    pattern: /initializing sumdb|locate sumdb file|\/pkg\/sumdb\//,
    what: 'cannot be checked, as the checksum database is not to be had',
    remedy: 'See that cache-dir can be written to and that GOSUMDB can be reached, and run it again.',
  },
  {
    code: 'module-not-found',
    kind: 'plugin',
    pattern:
      /\b(?:404|410) |: not found|unknown revision|invalid version|no matching versions|repository .* not found/,
    what: 'does not exist',
    remedy:
      'Check the import path and the version in go.mod. For a private module set GOPRIVATE, and give the login in a .netrc file.',
  },
  {
    code: 'modules-not-downloaded',
    kind: 'surroundings',
    pattern: /module lookup disabled by GOPROXY=off/,
    what: 'is not in the module cache, and there is no network in this step (GOPROXY=off)',
    remedy: 'Run it with a GOPROXY that can be reached.',
  },
  {
    code: 'module-download',
    kind: 'surroundings',
    pattern:
      /dial tcp|no such host|connection re(?:fused|set)|i\/o timeout|TLS handshake|context deadline|proxyconnect|x509:|unexpected EOF|: EOF|\b(?:429|5\d\d) |Could not resolve host|Failed to connect|stream error|: [45]\d\d /,
    what: 'cannot be downloaded',
    remedy: 'Look at the network, at GOPROXY and at HTTPS_PROXY, and run it again.',
  },
];

function unavailable(stderr: string, context: DiagnosisContext): Failure | null {
  const lines = stderr.split(/\r?\n/).filter((line) => !/^go: (?:downloading|finding|found) /.test(line));
  const text = lines.join('\n');
  if (!isDownload(text)) return null;
  const trouble = troubles.find(({ pattern }) => pattern.test(text));
  if (trouble === undefined) return null;
  const index = lines.findIndex((line) => trouble.pattern.test(line));
  const reason = oneLine(
    lines
      .slice(index, index + 2)
      .join(' ')
      .replace(/^go: /, ''),
  );
  const module = moduleIn(text);
  return new Failure(trouble.kind, {
    code: trouble.code,
    what: `${module === null ? 'a module' : `the module ${module}`} ${trouble.what}: ${reason}`,
    remedy: trouble.remedy,
    where: wanted(module, stderr, context),
  });
}

/** The go.mod line that asks for a module, else the plugin's own line that imports a package of it. */
function wanted(moduleAndVersion: string | null, stderr: string, context: DiagnosisContext): Where {
  const module = moduleAndVersion?.replace(/@.*$/, '') ?? '';
  if (context.goMod.requires.some(({ path }) => path === module)) return requireWhere(module, context);
  const importing = parseGoOutput(stderr).errors.find(
    (error) => error.message.includes(module) && placeOf(error.file, context).kind === 'own',
  );
  return importing === undefined ? requireWhere(module, context) : errorWhere(importing, context);
}

/** Words of the go command when it fetches; the source's own errors have none of them. */
function isDownload(text: string): boolean {
  return /reading (?:https?|file):|git ls-remote|git fetch|dial tcp|GOPROXY|fetch(?:ing)? |unrecognized import path|unknown revision|invalid version|no matching versions|executable file not found|verifying |Get "/.test(
    text,
  );
}

/** `M@v1.2.0` or `M`, from `M@v1.2.0: reading ...` or `module M: reading ...`. */
function moduleIn(text: string): string | null {
  const at = /(?:^|\s)([^\s:@/]+\.[^\s:@]+@v[^\s:]+): /m.exec(text)?.[1];
  return (
    at ?? /module ([^\s:]+): /.exec(text)?.[1] ?? /unrecognized import path "([^"]+)"/.exec(text)?.[1] ?? null
  );
}
