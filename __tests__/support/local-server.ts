import type { Server } from 'node:http';

/** Starts a server of a test. @returns its port */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/**
 * An address of this machine where nobody listens: a connection is tried, and refused. Ports such as 1 and 9 would not
 * do, as fetch refuses those itself (https://fetch.spec.whatwg.org/#port-blocking).
 */
export const closedAddress = 'http://127.0.0.1:2';
