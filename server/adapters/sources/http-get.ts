import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type FoundAddress, findAddress } from './find-address.ts';

const MOST_REDIRECTS = 3;
const DEADLINE_MS = 60_000;

export type HttpAnswer = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: string };

export interface HttpLimits {
  readonly mostBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The body of a URL, whatever redirects lead to it. Each name is resolved once, each of its addresses is looked at, and the very one that was
 * looked at is connected to, so that a name cannot mean another machine a moment later.
 */
export async function httpGet(written: string, { mostBytes, signal }: HttpLimits): Promise<HttpAnswer> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const limit = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    return await follow(written, { mostBytes, signal: limit });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (deadline.aborted) return refuse(`did not come within ${DEADLINE_MS / 1000} s`);
    return refuse(`cannot be fetched: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function follow(written: string, limits: HttpLimits): Promise<HttpAnswer> {
  let url = URL.parse(written);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (url === null) return refuse('leads to what is no URL');
    const problem = urlProblem(url);
    if (problem !== null) return refuse(problem);
    const address = await findAddress(url.hostname);
    if ('why' in address) return refuse(`${address.isNone ? 'cannot be fetched' : 'is not fetched'}: ${address.why}`);
    const response = await open(url, address, limits.signal);
    const { statusCode = 0, headers } = response;
    const next = statusCode >= 300 && statusCode < 400 ? headers.location : undefined;
    if (next === undefined) return await readBody(response, limits);
    response.destroy();
    const target: URL | null = URL.parse(next, url);
    if (url.protocol === 'https:' && target?.protocol === 'http:') return refuse('leads from https to http');
    url = target;
  }
  return refuse(`leads elsewhere more than ${MOST_REDIRECTS} times`);
}

function urlProblem({ protocol, username, password }: URL): string | null {
  if (protocol !== 'http:' && protocol !== 'https:') return 'leads to what is not http or https';
  return username !== '' || password !== '' ? 'leads to a URL that holds a login' : null;
}

function open(url: URL, { address, family }: FoundAddress, signal: AbortSignal | undefined): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const pinned: LookupFunction = (_, { all }, done) => (all === true ? done(null, [{ address, family }]) : done(null, address, family));
  return new Promise((resolve, reject) => {
    const options = {
      // Packed by the server on its way it would count otherwise, and unpack to any size.
      headers: { 'accept-encoding': 'identity', 'user-agent': 'clocker' },
      agent: false as const,
      lookup: pinned,
      ...(signal === undefined ? {} : { signal }),
    };
    request(url, options, resolve).on('error', reject).end();
  });
}

async function readBody(response: IncomingMessage, { mostBytes }: HttpLimits): Promise<HttpAnswer> {
  const { statusCode = 0, statusMessage = '', headers } = response;
  if (statusCode !== 200) {
    response.destroy();
    return refuse(`is answered with ${`${statusCode} ${statusMessage}`.trim()}`);
  }
  const tooLarge = `is larger than ${mostBytes / 1024 / 1024} MiB`;
  if (Number(headers['content-length'] ?? 0) > mostBytes) {
    response.destroy();
    return refuse(tooLarge);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = chunk as Buffer;
    bytes += part.length;
    // Leaving the loop ends the connection.
    if (bytes > mostBytes) return refuse(tooLarge);
    chunks.push(part);
  }
  return { ok: true, bytes: Buffer.concat(chunks) };
}

function refuse(why: string): HttpAnswer {
  return { ok: false, why };
}
