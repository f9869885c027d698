import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a registry refuses an image: the code is one of the distribution specification's. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A registry on localhost (which an engine takes without TLS) that refuses the images it is told about. */
export async function startRegistry(
  refusals: Readonly<Record<string, Refusal>>,
): Promise<{ readonly host: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const name = /^\/v2\/([^/]+)\//.exec(request.url ?? '')?.[1];
    const refusal = name === undefined ? undefined : refusals[name];
    const { status, body } =
      refusal === undefined
        ? { status: 200, body: {} }
        : { status: refusal.status, body: { errors: [{ code: refusal.code, message: refusal.message }] } };
    response.writeHead(status, {
      'content-type': 'application/json',
      'docker-distribution-api-version': 'registry/2.0',
    });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  const { port }: AddressInfo = address;
  return {
    host: `localhost:${String(port)}`,
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
