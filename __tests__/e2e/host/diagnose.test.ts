import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whereText } from '../../../src/errors.js';
import { failureOfRun, runPlugin } from '../../support/host/plugin-run.js';

/** A module proxy that answers every request with the status in its path, or not at all. */
let proxy: Server;
let address = '';

beforeAll(async () => {
  proxy = createServer((request, response) => {
    const status = Number(request.url?.split('/')[1]);
    if (status === 0) return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'text/plain' });
    response.end('not here');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
});

afterAll(async () => {
  await new Promise((resolve) => proxy.close(resolve));
});

describe('a module that cannot be had', () => {
  test.each([
    { status: 404, exitCode: 1, code: 'module-not-found', remedy: 'Check the import path' },
    { status: 410, exitCode: 1, code: 'module-not-found', remedy: 'Check the import path' },
    { status: 401, exitCode: 3, code: 'module-auth', remedy: 'GOPRIVATE' },
    { status: 403, exitCode: 3, code: 'module-auth', remedy: 'GOPRIVATE' },
    { status: 503, exitCode: 3, code: 'module-download', remedy: 'GOPROXY' },
    { status: 400, exitCode: 3, code: 'module-download', remedy: 'GOPROXY' },
    { status: 0, exitCode: 3, code: 'module-download', remedy: 'GOPROXY' },
  ])('the proxy answers $status', async ({ status, exitCode, code, remedy }) => {
    const run = await runPlugin({ folder: 'missing-module' }, { GOPROXY: `${address}/${String(status)}` });

    const { failure, ...rest } = failureOfRun(run);
    expect(failure.code).toBe(code);
    expect(rest.exitCode).toBe(exitCode);
    expect(failure.where === null ? null : whereText(failure.where)).toBe('go.mod:6');
    expect(failure.what).toContain('plugin-build.test/nothing@v1.1.0');
    expect(failure.remedy).toContain(remedy);
  });

  test('nothing listens where the proxy should be, and the old Go says so for every package', async () => {
    const plugin = { folder: 'missing-module', server: 'v2.3.0' } as const;
    const { exitCode, failure } = failureOfRun(await runPlugin(plugin, { GOPROXY: 'http://127.0.0.1:9' }));

    expect(exitCode).toBe(3);
    expect(failure.code).toBe('module-download');
    expect(failure.what).toContain('connection refused');
    expect(failure.where === null ? null : whereText(failure.where)).toBe('go.mod:6');
  });

  test('a mistyped import: the line that imports it', async () => {
    const run = await runPlugin({ folder: 'mistyped-module' }, { GOPROXY: `${address}/404` });

    const { exitCode, failure } = failureOfRun(run);
    expect(failure.code).toBe('module-not-found');
    expect(exitCode).toBe(1);
    expect(failure.where === null ? null : whereText(failure.where)).toBe('plugin.go:5:2');
    expect(failure.what).toContain('plugin-build.test/mistyped');
  });

  test('an origin that no name server knows, without any proxy', async () => {
    const { exitCode, failure } = failureOfRun(
      await runPlugin({ folder: 'missing-module' }, { GOPROXY: 'direct', GOPRIVATE: 'plugin-build.test' }),
    );

    expect(exitCode).toBe(3);
    expect(failure.code).toBe('module-download');
    expect(failure.what).toContain('plugin-build.test/nothing');
  });
});
