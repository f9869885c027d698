import { createServer } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { attestFiles } from '../../../src/adapters/attest.js';
import { failureOf } from '../../support/failure.js';
import { close, listen } from '../../support/local-server.js';
import { createRecorder } from '../../support/recorder.js';

const files = [{ name: 'echo-linux-amd64-for-gotify-v2.9.1.so', sha256: 'ab'.repeat(32) }];
const variables = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITHUB_SERVER_URL'];
const before = variables.map((name) => [name, process.env[name]] as const);

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

const attest = (): Promise<unknown> =>
  attestFiles(files, { token: 'token', env: process.env, reporter: createRecorder() });

test('a job without the permission is told the two lines', async () => {
  for (const name of variables) Reflect.deleteProperty(process.env, name);
  const failure = await failureOf(attest());
  expect([failure.kind, failure.code, failure.where]).toEqual([
    'input',
    'attest-permission',
    { kind: 'input', input: 'attest' },
  ]);
  expect(failure.remedy).toMatch(/^permissions:\n {2}id-token: write\n {2}attestations: write$/m);
});

test('an identity service that refuses is a failure of the surroundings, with its reason', async () => {
  const server = createServer((_, response) => {
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"no token for you"}');
  });
  process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] =
    `http://127.0.0.1:${String(await listen(server, '127.0.0.1', 0))}/?a=b`;
  process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] = 'secret';
  Reflect.deleteProperty(process.env, 'GITHUB_SERVER_URL');
  const failure = await failureOf(attest());
  await close(server);
  expect([failure.kind, failure.code]).toEqual(['surroundings', 'attest-failed']);
  expect(failure.what).toContain('Failed to get ID token');
  expect(failure.what).toContain('no token for you');
  expect(failure.cause).toBeInstanceOf(Error);
});
