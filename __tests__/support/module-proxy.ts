import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipOf } from './zip.js';

/** A version of a module: its files, go.mod among them. */
export interface ProxyModule {
  readonly path: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Writes a Go module proxy (https://go.dev/ref/mod#goproxy-protocol) as a folder, which the go command takes by its
 * file: address. Paths must be in small letters.
 *
 * @returns the address
 */
export async function writeModuleProxy(root: string, modules: readonly ProxyModule[]): Promise<string> {
  for (const { path, version, files } of modules) {
    const dir = join(root, path, '@v');
    await mkdir(dir, { recursive: true });
    const entries = Object.entries(files).map(([name, text]) => ({
      name: `${path}@${version}/${name}`,
      bytes: Buffer.from(text),
      mode: 0o100644,
    }));
    const versions = modules.filter((module) => module.path === path).map((module) => module.version);
    await writeFile(join(dir, 'list'), `${versions.join('\n')}\n`);
    await writeFile(
      join(dir, `${version}.info`),
      JSON.stringify({ Version: version, Time: '2025-01-01T00:00:00Z' }),
    );
    await writeFile(join(dir, `${version}.mod`), files['go.mod'] ?? '');
    await writeFile(join(dir, `${version}.zip`), zipOf(entries));
  }
  return pathToFileURL(root).href;
}

/** Modules that need a newer Go: by their `go` line, or by what their code uses. */
const newerGoModules: readonly ProxyModule[] = [
  newer('v1.0.0', '1.18', '"old"'),
  newer('v1.1.0', '1.21', 'min("new", "newer")'),
  newer('v1.2.0', '1.99.0', '"newest"'),
  {
    path: 'plugin-build.test/middle',
    version: 'v1.0.0',
    files: {
      'go.mod': 'module plugin-build.test/middle\n\ngo 1.18\n\nrequire plugin-build.test/newer v1.2.0\n',
      'middle.go':
        '// Package middle is a test\'s.\npackage middle\n\nimport "plugin-build.test/newer"\n\n// Text is of newer.\nvar Text = newer.Text\n',
    },
  },
];

function newer(version: string, goLine: string, value: string): ProxyModule {
  return {
    path: 'plugin-build.test/newer',
    version,
    files: {
      'go.mod': `module plugin-build.test/newer\n\ngo ${goLine}\n`,
      'newer.go': `// Package newer is a test's.\npackage newer\n\n// Text says how new it is.\nvar Text = ${value}\n`,
    },
  };
}

/** A dependency that fits gotify v2.6.3's gin in its first two versions, and needs a newer one in its third. */
const cookieModules: readonly ProxyModule[] = [
  cookies('v1.0.0', 'v1.9.1', 'c.SetCookie("seen", "", 0, "", "", true, true)'),
  cookies('v1.1.0', 'v1.10.0', 'c.SetCookie("seen", "yes", 0, "", "", true, true)'),
  cookies('v1.2.0', 'v1.11.0', 'c.SetCookieData(&http.Cookie{Name: "seen"})'),
];

function cookies(version: string, gin: string, statement: string): ProxyModule {
  const usesHttp = statement.includes('http.');
  return {
    path: 'plugin-build.test/cookies',
    version,
    files: {
      'go.mod': `module plugin-build.test/cookies\n\ngo 1.18\n\nrequire github.com/gin-gonic/gin ${gin}\n`,
      'cookies.go': `// Package cookies is a test's.
package cookies

import (
${usesHttp ? '\t"net/http"\n' : ''}
	"github.com/gin-gonic/gin"
)

// Remember sets a cookie.
func Remember(c *gin.Context) {
	${statement}
}
`,
    },
  };
}

/** A dependency that never compiled, whatever its versions are: golang.org/x/sys v0.46.0 is gotify v3.0.0's. */
const brokenModules: readonly ProxyModule[] = [
  broken('v1.0.0', { sys: 'v0.46.0', code: 'func f(int) {}\n\nfunc g() { f() }\n' }),
  broken('v1.1.0', { sys: 'v0.30.0', code: 'var n int32 = 4294967295\n' }),
  broken('v1.2.0', { sys: 'v0.30.0', code: '// #include <no-such-library.h>\nimport "C"\n' }),
];

function broken(
  version: string,
  { sys, code }: { readonly sys: string; readonly code: string },
): ProxyModule {
  return {
    path: 'plugin-build.test/broken',
    version,
    files: {
      'go.mod': `module plugin-build.test/broken\n\ngo 1.18\n\nrequire golang.org/x/sys ${sys}\n`,
      'broken.go': `// Package broken is a test's.\npackage broken\n\nimport _ "golang.org/x/sys/unix"\n\n${code}`,
    },
  };
}

/** It needs a module that no proxy has. */
const middleOfNowhere: ProxyModule = {
  path: 'plugin-build.test/middle-of-nowhere',
  version: 'v1.0.0',
  files: {
    'go.mod':
      'module plugin-build.test/middle-of-nowhere\n\ngo 1.18\n\nrequire plugin-build.test/nowhere v1.0.0\n',
    'middle.go': '// Package middle is a test\'s.\npackage middle\n\nimport _ "plugin-build.test/nowhere"\n',
  },
};

/** What the fixture plugins with `ownProxy` ask for. */
export const ownModules: readonly ProxyModule[] = [
  ...cookieModules,
  ...newerGoModules,
  ...brokenModules,
  middleOfNowhere,
];
