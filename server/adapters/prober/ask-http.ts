import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { NetworkProbe } from '../../ports/prober.ts';
import type { Told, Way } from './create-prober.ts';

const MOST_BYTES = 1024 * 1024;

type HttpProbe = Extract<NetworkProbe, { readonly kind: 'http' }>;

/** One request. Rejects when nobody answers. */
export async function askHttp(url: URL, probe: HttpProbe, way: Way): Promise<Told> {
  const response = await send(url, probe, way);
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

function send(url: URL, probe: HttpProbe, way: Way): Promise<IncomingMessage> {
  const { method, headers, body, login, insecure = false } = probe;
  const { signal } = way;
  const isTls = url.protocol === 'https:';
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return new Promise((resolve, reject) => {
    const options = {
      method,
      // Packed by the server on its way it would count otherwise, and unpack to any size.
      headers: { 'user-agent': 'clocker', ...lowerCase, 'accept-encoding': 'identity', ...(body === undefined ? {} : lengthOf(body)) },
      signal,
      rejectUnauthorized: !insecure,
      ...connectionOf(url, probe, way),
    };
    const { username, password } = url;
    const given = login ?? (username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) });
    const auth = given === null ? {} : { auth: `${given.user}:${given.password}` };
    const request = (isTls ? requestHttps : requestHttp)(url, { ...options, ...auth }, resolve);
    request.on('error', (error) => {
      // A kept connection may have been closed just now; what changes nothing may be asked again.
      if (request.reusedSocket && method === 'GET' && !signal.aborted) resolve(send(url, probe, way));
      else reject(error);
    });
    request.end(body);
  });
}

/** To the address that was looked at, or by a channel of a host. */
function connectionOf(url: URL, { insecure = false }: HttpProbe, { address, through, agent }: Way) {
  const lookup: LookupFunction = (_, { all }, done) =>
    all === true ? done(null, [{ ...address }]) : done(null, address.address, address.family);
  if (through === undefined) return { agent: false as const, lookup };
  if (url.protocol === 'http:') return { agent };
  const name = address.family === 0 ? { servername: address.address } : {};
  const port = Number(url.port || '443');
  const dialled = () => connectTls({ socket: through.dial(address.address, port), rejectUnauthorized: !insecure, ...name });
  return { agent: false as const, createConnection: dialled };
}

function lengthOf(body: string): { readonly 'content-length': number } {
  return { 'content-length': Buffer.byteLength(body) };
}
