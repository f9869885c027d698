import { compareGoVersions } from '../go/version.js';

/** Packages of the standard library, and the Go that brought them (the api/go1.N.txt files of Go's sources). */
const since: Readonly<Record<string, string>> = {
  'crypto/ecdh': '1.20',
  'runtime/coverage': '1.20',
  cmp: '1.21',
  'log/slog': '1.21',
  maps: '1.21',
  slices: '1.21',
  'testing/slogtest': '1.21',
  'go/version': '1.22',
  'math/rand/v2': '1.22',
  iter: '1.23',
  structs: '1.23',
  unique: '1.23',
  'crypto/fips140': '1.24',
  'crypto/hkdf': '1.24',
  'crypto/mlkem': '1.24',
  'crypto/pbkdf2': '1.24',
  'crypto/sha3': '1.24',
  weak: '1.24',
  'testing/synctest': '1.25',
  'crypto/hpke': '1.26',
  'crypto/mlkem/mlkemtest': '1.26',
  'testing/cryptotest': '1.26',
};

/** The Go that brought this standard package, where a server's Go is too old for it; null otherwise. */
export function neededGo(importPath: string, goVersion: string): string | null {
  const first = since[importPath];
  return first !== undefined && compareGoVersions(first, goVersion) > 0 ? first : null;
}
