import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { NetworkProbe } from '../../ports/prober.ts';
import type { Address, Told } from './create-prober.ts';

const MOST_BYTES = 1024 * 1024;

type HttpProbe = Extract<NetworkProbe, { readonly kind: 'http' }>;

/** One request on a connection of its own. Rejects when nobody answers. */
export async function askHttp(
  url: URL,
  probe: HttpProbe,
  { address, signal }: { readonly address: Address; readonly signal: AbortSignal },
): Promise<Told> {
  const response = await send(url, probe, { address, signal });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const part = chunk as Buffer;
    size += part.length;
    // Leaving the loop ends the connection.
    if (size > MOST_BYTES) return { kind: 'failed', problem: 'its answer is larger than 1 MiB' };
    chunks.push(part);
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { kind: 'http', status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString('utf8') };
}

function send(
  url: URL,
  { method, headers, body, login, insecure = false }: HttpProbe,
  { address, signal }: { readonly address: Address; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const pinned: LookupFunction = (_, { all }, done) =>
    all === true ? done(null, [{ ...address }]) : done(null, address.address, address.family);
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return new Promise((resolve, reject) => {
    const options = {
      method,
      // Packed by the server on its way it would count otherwise, and unpack to any size.
      headers: { 'user-agent': 'clocker', ...lowerCase, 'accept-encoding': 'identity', ...(body === undefined ? {} : lengthOf(body)) },
      agent: false as const,
      lookup: pinned,
      signal,
      rejectUnauthorized: !insecure,
    };
    const { username, password } = url;
    const given = login ?? (username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) });
    const auth = given === null ? {} : { auth: `${given.user}:${given.password}` };
    request(url, { ...options, ...auth }, resolve)
      .on('error', reject)
      .end(body);
  });
}

function lengthOf(body: string): { readonly 'content-length': number } {
  return { 'content-length': Buffer.byteLength(body) };
}
