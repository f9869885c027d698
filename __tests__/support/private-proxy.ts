import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { machineProxy } from './go-proxy.js';
import { close, listen } from './local-server.js';
import { writeModuleProxy } from './module-proxy.js';

const run = promisify(execFile);
const login = { name: 'me', password: 'pr1vate-password' };

/** A module proxy that answers 401 to whoever does not log in, over https: Go sends a .netrc's login over nothing else. */
export interface PrivateProxy {
  /** The go.mod of the fixture `private-dependency`, with the version that this proxy has: no cache knows it. */
  readonly goMod: string;
  /** What a user sets to reach it, but for the .netrc. */
  readonly env: Readonly<Record<string, string>>;
  /** The text of that file. */
  readonly netrc: string;
  /** What may be seen where modules are fetched, and nowhere else. */
  readonly secrets: readonly string[];
  /** Path of each request that was answered with a module's file. */
  readonly served: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts one that has the module `plugin-build.test/private`, in one version.
 *
 * @param dir a folder that every user can read, for the proxy's own files
 */
export async function startPrivateProxy(dir: string): Promise<PrivateProxy> {
  await mkdir(dir, { recursive: true });
  const path = 'plugin-build.test/private';
  const version = `v1.0.${String(Date.now())}`;
  const files = {
    'go.mod': `module ${path}\n\ngo 1.18\n`,
    'private.go':
      '// Package private is a test\'s.\npackage private\n\n// Text is nobody\'s business.\nconst Text = "x"\n',
  };
  const root = fileURLToPath(await writeModuleProxy(join(dir, 'modules'), [{ path, version, files }]));
  const { key, certificate, certificateFile } = await selfSigned(dir);
  const basic = `Basic ${Buffer.from(`${login.name}:${login.password}`).toString('base64')}`;
  const served: string[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    const asked = new URL(request.url ?? '/', 'https://proxy').pathname;
    if (request.headers.authorization !== basic) return void response.writeHead(401).end('log in');
    readFile(join(root, asked)).then(
      (bytes) => {
        served.push(asked);
        response.writeHead(200).end(bytes);
      },
      () => response.writeHead(404).end('not here'),
    );
  });
  const port = await listen(server, 'localhost', 0);
  const url = `https://localhost:${String(port)}`;
  const fixture = new URL('../fixtures/plugins/private-dependency/go.mod', import.meta.url);
  return {
    goMod: (await readFile(fixture, 'utf8')).replace(`${path} v1.0.0`, `${path} ${version}`),
    env: {
      GOPROXY: `${url},${machineProxy()}`,
      GOPRIVATE: 'plugin-build.test',
      // Else what is private comes from no proxy at all.
      GONOPROXY: 'none',
      SSL_CERT_FILE: certificateFile,
      HTTPS_PROXY: 'http://someone:pr0xy-password@proxy.invalid:1',
      NO_PROXY: '*',
    },
    // From Go 1.24 on the port counts, before that it must not be there.
    netrc: ['localhost', new URL(url).host]
      .map((machine) => `machine ${machine}\nlogin ${login.name}\npassword ${login.password}\n`)
      .join(''),
    secrets: [login.password, 'pr0xy-password', url, 'netrc', certificateFile, 'plugin-build.test'],
    served,
    close: () => close(server),
  };
}

/** Go brings the program along. */
async function selfSigned(
  dir: string,
): Promise<{ readonly key: string; readonly certificate: string; readonly certificateFile: string }> {
  const goroot = (await run('go', ['env', 'GOROOT'])).stdout.trim();
  const program = join(goroot, 'src/crypto/tls/generate_cert.go');
  await run('go', ['run', program, '--host', 'localhost', '--ca', '--ecdsa-curve', 'P256'], { cwd: dir });
  const [key, certificate] = await Promise.all(
    ['key.pem', 'cert.pem'].map((name) => readFile(join(dir, name), 'utf8')),
  );
  if (key === undefined || certificate === undefined) throw new Error('there is no certificate');
  const certificateFile = join(dir, 'proxy-certificate.pem');
  await writeFile(certificateFile, certificate);
  return { key, certificate, certificateFile };
}
