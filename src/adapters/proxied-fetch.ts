/** Node's own fetch knows no proxies: where one is set for the address, the toolkit's is used. */
export async function fetchFor(url: string): Promise<typeof fetch> {
  const { getProxyUrl } = await import('@actions/http-client/lib/proxy');
  if (getProxyUrl(new URL(url)) === undefined) return fetch;
  const [{ HttpClient }, undici] = await Promise.all([import('@actions/http-client'), import('undici')]);
  const dispatcher = new HttpClient().getAgentDispatcher(url);
  if (dispatcher === undefined) return fetch;
  return (address, options) => undici.fetch(address, { ...options, dispatcher });
}
