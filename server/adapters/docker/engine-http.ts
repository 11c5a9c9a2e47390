import http from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { isClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import { boundedCall } from './bounded-call.ts';
import { EngineRefusal, toDockerMessage } from './engine-errors.ts';
import { ENGINE_ADDRESS, type EngineTransport } from './engine-transport.ts';

export interface EngineRequest {
  /** For messages: `logs of web`. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Time to the first byte of the answer. */
  readonly headMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Errors: ClockerErrors for time, signal and connection; EngineRefusal for what the engine refused; node's for a socket that broke. */
export interface EngineHttp {
  /** Sends a request and gives the answer's body as a stream with backpressure. */
  stream(request: EngineRequest): Promise<Readable>;
  /** Sends a request and reads the whole short answer before the deadline `headMs`. */
  send(request: EngineRequest): Promise<void>;
  /** Sends a request that turns its connection into a raw one. */
  upgrade(request: EngineRequest): Promise<Duplex>;
}

const MAX_ERROR_BYTES = 64 * 1024;

/** The engine's HTTP API for bodies and streams, without dockerode. */
export function createEngineHttp(transport: EngineTransport, clock: Clock): EngineHttp {
  const bounds = (request: EngineRequest) => ({
    what: `${request.what} on ${transport.hostName}`,
    deadlineMs: request.headMs,
    signal: request.signal,
    clock,
    onLost: (listener: Parameters<EngineTransport['onLost']>[0]) => transport.onLost(listener),
  });

  async function stream(request: EngineRequest): Promise<Readable> {
    const answer = await boundedCall(bounds(request), async (signal) => {
      const head = await exchange(transport.streams, request, signal);
      return refuseFailure(head);
    });
    keepTrueReason(answer);
    return answer;
  }

  async function send(request: EngineRequest): Promise<void> {
    await boundedCall(bounds(request), async (signal) => {
      const answer = await refuseFailure(await exchange(transport.streams, request, signal));
      for await (const _ of answer);
    });
  }

  async function upgrade(request: EngineRequest): Promise<Duplex> {
    return boundedCall(bounds(request), (signal) => exchangeUpgrade(transport, request, signal));
  }

  return { stream, send, upgrade };
}

function open(agent: http.Agent, request: EngineRequest, headers: http.OutgoingHttpHeaders = {}): http.ClientRequest {
  const query = request.query ? `?${new URLSearchParams(request.query)}` : '';
  return http.request({
    ...ENGINE_ADDRESS,
    agent,
    method: request.method,
    path: `${request.path}${query}`,
    headers: {
      host: ENGINE_ADDRESS.host,
      ...(request.body ? { 'content-length': request.body.length, 'content-type': request.contentType ?? 'application/json' } : {}),
      ...request.headers,
      ...headers,
    },
  });
}

function exchange(agent: http.Agent, request: EngineRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = open(agent, request);
    cancelWith(signal, sent, reject);
    sent.on('response', resolve);
    sent.on('error', reject);
    sent.end(request.body);
  });
}

function exchangeUpgrade(transport: EngineTransport, request: EngineRequest, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const sent = open(transport.streams, request, { connection: 'Upgrade', upgrade: 'tcp' });
    cancelWith(signal, sent, reject);
    sent.on('upgrade', (_answer, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    sent.on('response', (answer) => {
      refuseFailure(answer).then((whole) => {
        whole.destroy();
        reject(new EngineRefusal(200, 'the connection was not upgraded'));
      }, reject);
    });
    sent.on('error', reject);
    sent.end(request.body);
  });
}

/** A request that still waits in its agent tells nothing when it is destroyed. */
function cancelWith(signal: AbortSignal, sent: http.ClientRequest, reject: (reason: unknown) => void): void {
  const cancel = (): void => {
    reject(signal.reason);
    sent.destroy(signal.reason);
  };
  signal.addEventListener('abort', cancel, { once: true });
}

async function refuseFailure(answer: http.IncomingMessage): Promise<http.IncomingMessage> {
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  let text = '';
  for await (const chunk of answer) {
    text += String(chunk);
    if (text.length > MAX_ERROR_BYTES) break;
  }
  throw new EngineRefusal(status, toDockerMessage(text));
}

/** Lets a body that is cut end with the reason its socket gave, and not with a bare "aborted". */
function keepTrueReason(answer: http.IncomingMessage): void {
  const { socket } = answer;
  const pass = (error: Error): void => {
    answer.destroy(error);
  };
  if (socket.errored && isClockerError(socket.errored)) pass(socket.errored);
  socket.once('error', pass);
  answer.once('close', () => socket.off('error', pass));
}
