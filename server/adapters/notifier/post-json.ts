import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { WebhookRequest } from '../../domain/adjunct/notification.ts';
import type { Refusal } from '../../ports/notifier.ts';
import { errorCode } from '../process/error-code.ts';
import { type FoundAddress, findAddress } from '../sources/find-address.ts';

/** Posts JSON to a URL. Redirects are not followed: what is told is told to whom it was written for. */
export async function postJson({ id, url: written, headers, body }: WebhookRequest, deadlineMs: number): Promise<Refusal> {
  const url = URL.parse(written);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return refuse('its URL is not of http or https', false);
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const address = await findAddress(url.hostname);
    if ('why' in address) return refuse(address.why, address.isNone);
    const text = JSON.stringify(body);
    const response = await post(url, { address, deadline, text, headers: { ...headers, 'idempotency-key': id } });
    response.destroy();
    return judge(response);
  } catch (error) {
    if (deadline.aborted) return refuse(`no answer came within ${deadlineMs / 1000} s`, true);
    return refuse(`it cannot be reached (${errorCode(error) ?? 'the connection failed'})`, true);
  }
}

interface Posting {
  readonly address: FoundAddress;
  readonly deadline: AbortSignal;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

function post(url: URL, { address: { address, family }, deadline, text, headers }: Posting): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const pinned: LookupFunction = (_, { all }, done) => (all === true ? done(null, [{ address, family }]) : done(null, address, family));
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'user-agent': 'clocker' },
      agent: false as const,
      lookup: pinned,
      signal: deadline,
    };
    request(url, options, resolve).on('error', reject).end(text);
  });
}

function judge({ statusCode = 0, statusMessage = '' }: IncomingMessage): Refusal {
  if (statusCode >= 200 && statusCode < 300) return null;
  const answer = `${statusCode} ${statusMessage}`.trim();
  if (statusCode >= 300 && statusCode < 400) return refuse(`it leads elsewhere (${answer}): give the URL that it leads to`, false);
  return refuse(`it answers ${answer}`, statusCode >= 500 || statusCode === 429 || statusCode === 408);
}

export function refuse(why: string, retryable: boolean): Refusal {
  return { why, retryable };
}
