import { canonicalVersion, majorMismatch, pathMajor } from './modpath.js';
import { malformed, readDirectives, type Directive, type Source, type Token } from './modsyntax.js';
import { unquote } from './quote.js';

/** A go.mod, read as `go mod edit -json` reads it. Lines count from 1. */
export interface ModFile {
  /** Empty where the file has no module line. */
  readonly module: string;
  /** Null where the file has no module line. */
  readonly moduleLine: number | null;
  readonly go: { readonly version: string; readonly line: number } | null;
  readonly toolchain: { readonly name: string; readonly line: number } | null;
  /** In the order of the file, repetitions included; so are the lists below. */
  readonly requires: readonly ModRequire[];
  readonly replaces: readonly ModReplace[];
  readonly excludes: readonly ModExclude[];
  readonly tools: readonly { readonly path: string; readonly line: number }[];
  readonly godebugs: readonly { readonly key: string; readonly value: string; readonly line: number }[];
  readonly ignores: readonly { readonly path: string; readonly line: number }[];
  readonly retracts: readonly { readonly low: string; readonly high: string; readonly line: number }[];
}

export interface ModRequire {
  readonly path: string;
  readonly version: string;
  /** Whether the line ends in `// indirect`. */
  readonly indirect: boolean;
  readonly line: number;
  /** Where the version stands in the text: from the first offset up to the second. */
  readonly versionAt: readonly [start: number, end: number];
}

export interface ModReplace {
  /** Version null: every version of the module. */
  readonly old: { readonly path: string; readonly version: string | null };
  readonly new: ReplaceTarget;
  readonly line: number;
}

export type ReplaceTarget =
  /** `dir` as written. */
  | { readonly kind: 'local'; readonly dir: string }
  | { readonly kind: 'module'; readonly path: string; readonly version: string };

export interface ModExclude {
  readonly path: string;
  readonly version: string;
  readonly line: number;
}

/**
 * Reads the text of a go.mod by the rules of golang.org/x/mod/modfile.Parse (Go 1.26). `file` is its name in messages.
 * Versions come out canonical (`v1` as `v1.0.0`). Throws Failure `malformed-go-mod` with file, line and column.
 */
export function parseModFile(text: string, file: string): ModFile {
  const source = { text, file };
  const reader = new Reader(source);
  for (const directive of readDirectives(source)) reader.add(directive);
  return reader.result();
}

/**
 * The `go` line of a dependency's go.mod, read as leniently as Go reads those (modfile.ParseLax): directives that this
 * reader does not know are skipped. `at`: where the version stands in the text. Null without a `go` line.
 * Throws Failure `malformed-go-mod` where even that cannot be read.
 */
export function dependencyGoLine(
  text: string,
  file: string,
): { readonly version: string; readonly at: readonly [start: number, end: number] } | null {
  const directive = readDirectives({ text, file }, 'lax').find(
    ({ verb, args }) => verb === 'go' && args.length === 1,
  );
  const token = directive?.args[0];
  if (token === undefined) return null;
  const at = [token.offset, token.offset + token.text.length] as const;
  const version = goLinePattern.test(token.text) ? token.text : laxGoLine.exec(token.text)?.[1];
  if (version === undefined) throw malformed({ text, file }, token, `${token.text} is no Go version`);
  return { version, at };
}

const goLinePattern = /^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/;
/** What Go makes of other versions in dependencies: their first two numbers. */
const laxGoLine = /^v?([1-9]\d*\.(?:0|[1-9]\d*))\D.*$/;

type Draft = { -readonly [K in keyof ModFile]: ModFile[K] extends readonly (infer T)[] ? T[] : ModFile[K] };

class Reader {
  private readonly draft: Draft = {
    module: '',
    moduleLine: null,
    go: null,
    toolchain: null,
    requires: [],
    replaces: [],
    excludes: [],
    tools: [],
    godebugs: [],
    ignores: [],
    retracts: [],
  };

  constructor(private readonly source: Source) {}

  result(): ModFile {
    return this.draft;
  }

  add(directive: Directive): void {
    const { line } = directive.start;
    switch (directive.verb) {
      case 'module':
        return this.addModule(directive);
      case 'go':
        return this.addGo(directive);
      case 'toolchain':
        return this.addToolchain(directive);
      case 'require':
        return this.addRequire(directive);
      case 'exclude': {
        const { path, version } = this.versioned(directive);
        this.draft.excludes.push({ path, version, line });
        return;
      }
      case 'replace':
        this.draft.replaces.push(this.replace(directive));
        return;
      case 'retract':
        this.draft.retracts.push({ ...this.interval(directive), line });
        return;
      case 'tool':
        this.draft.tools.push({ path: this.only(directive, 'a package path'), line });
        return;
      case 'ignore':
        this.draft.ignores.push({ path: this.only(directive, 'a folder'), line });
        return;
      case 'godebug':
        this.draft.godebugs.push({ ...this.setting(directive), line });
        return;
      default:
        throw this.wrong(directive.start, `go.mod has no directive called ${directive.verb}`);
    }
  }

  private addModule(directive: Directive): void {
    if (this.draft.moduleLine !== null) throw this.wrong(directive.start, 'there is a second module line');
    this.draft.module = this.only(directive, 'a module path');
    this.draft.moduleLine = directive.start.line;
  }

  private addGo(directive: Directive): void {
    if (this.draft.go !== null) throw this.wrong(directive.start, 'there is a second go line');
    const { text } = this.single(directive, 'a version such as 1.23.0');
    if (!goLinePattern.test(text)) {
      throw this.wrong(directive.start, `${text} is no Go version: expected one such as 1.23.0`);
    }
    this.draft.go = { version: text, line: directive.start.line };
  }

  private addToolchain(directive: Directive): void {
    if (this.draft.toolchain !== null) throw this.wrong(directive.start, 'there is a second toolchain line');
    const { text } = this.single(directive, 'a name such as go1.23.0');
    if (!/^default$|^go1(?:$|\.)/.test(text)) {
      throw this.wrong(directive.start, `${text} is no toolchain: expected one such as go1.23.0, or default`);
    }
    this.draft.toolchain = { name: text, line: directive.start.line };
  }

  private addRequire(directive: Directive): void {
    const { path, version, token } = this.versioned(directive);
    const { offset, text } = token;
    this.draft.requires.push({
      path,
      version,
      indirect: isIndirect(directive.comment),
      line: directive.start.line,
      versionAt: [offset, offset + text.length],
    });
  }

  /** `path version`, of require and exclude. */
  private versioned({ verb, args, start }: Directive): { path: string; version: string; token: Token } {
    const [pathToken, token] = args;
    if (pathToken === undefined || token === undefined || args.length !== 2) {
      throw this.wrong(start, `expected: ${verb} module/path v1.2.3`);
    }
    const path = this.string(pathToken);
    return { path, version: this.version(path, token), token };
  }

  private replace({ args, start }: Directive): ModReplace {
    const arrow = args[1]?.text === '=>' ? 1 : 2;
    const [pathToken, newToken, newVersion] = [args[0], args[arrow + 1], args[arrow + 2]];
    if (
      args[arrow]?.text !== '=>' ||
      pathToken === undefined ||
      newToken === undefined ||
      args.length > arrow + 3
    ) {
      const left = 'replace module/path [v1.2.3]';
      throw this.wrong(start, `expected: ${left} => other/module v1.4.0, or ${left} => ../folder`);
    }
    const path = this.string(pathToken);
    const oldVersion = arrow === 2 ? args[1] : undefined;
    if (pathMajor(path) === null) throw this.wrong(pathToken, `${path} is no module path`);
    const version = oldVersion === undefined ? null : this.version(path, oldVersion);
    return { old: { path, version }, new: this.target(newToken, newVersion), line: start.line };
  }

  private target(token: Token, versionToken: Token | undefined): ReplaceTarget {
    const name = this.string(token);
    const local = isDirectory(name);
    if (versionToken !== undefined) {
      const version = this.canonical(versionToken);
      if (local) throw this.wrong(versionToken, `the folder ${name} cannot have a version`);
      return { kind: 'module', path: name, version };
    }
    if (!local) {
      throw this.wrong(token, `expected a version after ${name}, or a folder that starts with ./, ../ or /`);
    }
    if (name.includes('\\'))
      throw this.wrong(token, `the folder ${name} must be written with / between its parts`);
    return { kind: 'local', dir: name };
  }

  /** `v1.2.3` or `[v1.0.0, v1.9.9]`; Go takes any text as a version here. */
  private interval({ args, start }: Directive): { low: string; high: string } {
    const [first, low, comma, high, close] = args;
    if (first !== undefined && first.text !== '[' && first.text !== '(' && args.length === 1) {
      const version = this.string(first);
      return { low: version, high: version };
    }
    const isRange = first?.text === '[' && comma?.text === ',' && close?.text === ']' && args.length === 5;
    if (!isRange || low === undefined || high === undefined) {
      throw this.wrong(start, 'expected: retract v1.2.3, or retract [v1.2.3, v1.4.5]');
    }
    return { low: this.string(low), high: this.string(high) };
  }

  private setting(directive: Directive): { key: string; value: string } {
    const { text } = this.single(directive, 'key=value');
    const cut = text.indexOf('=');
    if (cut === -1 || /["`',]/.test(text)) throw this.wrong(directive.start, 'expected: godebug key=value');
    return { key: text.slice(0, cut), value: text.slice(cut + 1) };
  }

  /** The version of a module that has this path, canonical. */
  private version(path: string, token: Token): string {
    const version = this.canonical(token);
    const major = pathMajor(path);
    if (major === null) throw this.wrong(token, `${path} is no module path`);
    const wanted = majorMismatch(version, major);
    if (wanted === null) return version;
    throw this.wrong(token, `the version of ${path} should be ${wanted}, not ${version}`);
  }

  private canonical(token: Token): string {
    const text = this.string(token);
    const version = canonicalVersion(text);
    if (version === null) throw this.wrong(token, `${text} is no version: expected one such as v1.2.3`);
    return version;
  }

  private only(directive: Directive, what: string): string {
    return this.string(this.single(directive, what));
  }

  private single({ verb, args, start }: Directive, what: string): Token {
    const [token] = args;
    if (token === undefined || args.length !== 1) throw this.wrong(start, `expected ${what} after ${verb}`);
    return token;
  }

  /** A word, or the value of a string in double quotes: Go refuses every other quote. */
  private string(token: Token): string {
    if (!token.text.startsWith('"')) {
      if (/["'`]/.test(token.text))
        throw this.wrong(token, 'only double quotes can be used, around the whole text');
      return token.text;
    }
    const value = unquote(token.text);
    if (value === null) throw this.wrong(token, `${token.text} is not a valid string`);
    return value;
  }

  private wrong(at: Token, what: string): Error {
    return malformed(this.source, at, what);
  }
}

const goSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** `// indirect`, also with a reason after a semicolon. */
function isIndirect(comment: string | null): boolean {
  const words =
    comment
      ?.slice(2)
      .split(goSpace)
      .filter((word) => word !== '') ?? [];
  return words.length === 1 ? words[0] === 'indirect' : words[0] === 'indirect;';
}

/** Whether a replacement is a folder, on any system (modfile.IsDirectoryPath). */
function isDirectory(name: string): boolean {
  return name === '.' || name === '..' || /^(?:\.{0,2}[/\\]|[A-Za-z]:)/.test(name);
}
