import { isAbsolute, join } from 'node:path';
import type { Files } from '../ports.js';

type Env = Readonly<Record<string, string | undefined>>;
/** By name; values as the file has them. */
export type GoSettings = Readonly<Record<string, string>>;

/** How modules are found and checked: all that a user may set of the go command in our steps. */
export const downloadSettings = [
  'GOPROXY',
  'GOPRIVATE',
  'GONOPROXY',
  'GONOSUMDB',
  'GOSUMDB',
  'GOINSECURE',
  'GOVCS',
  'GOAUTH',
] as const;

/** Where the user's own go keeps modules: a toolchain may be there. */
export const placeSettings = ['GOPATH', 'GOMODCACHE'] as const;

/**
 * What the user set by `go env -w`, as far as our steps take it: the settings above. Everything else in that file could
 * change what is compiled (GOEXPERIMENT, GOFLAGS, CC, ...), so no go of ours reads it: they have GOENV=off.
 *
 * @see EnvFile and readEnvFile in cmd/go/internal/cfg/cfg.go of Go
 */
export async function readGoSettings(env: Env, files: Files): Promise<GoSettings> {
  const path = envFile(env);
  if (path === null || (await files.stat(path))?.kind !== 'file') return {};
  return settingsIn(await files.readText(path));
}

/** `KEY=VALUE` lines; the last one of a key counts. Other lines are comments to Go. */
function settingsIn(text: string): GoSettings {
  const wanted: readonly string[] = [...downloadSettings, ...placeSettings];
  const entries = text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf('=');
    const name = line.slice(0, Math.max(0, at));
    return wanted.includes(name) ? [[name, line.slice(at + 1)]] : [];
  });
  return Object.fromEntries(entries);
}

function envFile({ GOENV, XDG_CONFIG_HOME, HOME }: Env): string | null {
  if (GOENV === 'off') return null;
  if (isSet(GOENV)) return isAbsolute(GOENV) ? GOENV : null;
  if (isSet(XDG_CONFIG_HOME)) return isAbsolute(XDG_CONFIG_HOME) ? join(XDG_CONFIG_HOME, 'go/env') : null;
  return isSet(HOME) ? join(HOME, '.config/go/env') : null;
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
