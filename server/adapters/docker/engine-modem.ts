import http from 'node:http';
import { stringify } from 'node:querystring';
import { isClockerError } from '../../domain/shared/clocker-error.ts';
import { EngineRefusal, toDockerMessage } from './engine-errors.ts';
import { ENGINE_ADDRESS } from './engine-transport.ts';

/** What dockerode asks its modem for. */
interface ModemCall {
  readonly method: string;
  /** Ends with `?` where the options belong into the query. */
  readonly path: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly abortSignal?: AbortSignal;
  /** Answers that are a success have `true`, those that are known failures their name. */
  readonly statusCodes: Readonly<Record<number, true | string>>;
  /** An empty body is sent as `{}`. */
  readonly allowEmpty?: boolean;
  readonly isStream?: boolean;
  readonly hijack?: boolean;
  readonly file?: unknown;
}

type Callback = (error: unknown, answer: unknown) => void;

/**
 * dockerode's modem for short calls. docker-modem prints the options of each call for its debug log, read or not, takes each address
 * apart three times, and never settles where an answer is cut: half of what a call costs us, and a hang.
 */
export class EngineModem {
  /** Set by dockerode. */
  Promise: PromiseConstructor = Promise;
  readonly #agent: http.Agent;

  constructor(agent: http.Agent) {
    this.#agent = agent;
  }

  dial(call: ModemCall, callback: Callback): void {
    if (call.isStream || call.hijack || call.file) throw new Error(`${call.method} ${call.path} is not a short call`);
    const body = toBody(call);
    const request = http.request({
      ...ENGINE_ADDRESS,
      agent: this.#agent,
      method: call.method,
      path: toPath(call),
      headers: {
        host: ENGINE_ADDRESS.host,
        ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}),
      },
    });
    const fail = (error: unknown): void => callback(error, null);
    request.on('response', (answer) => readAnswer(call, answer, callback));
    request.on('error', fail);
    call.abortSignal?.addEventListener(
      'abort',
      () => {
        // A request that still waits in its agent tells nothing when it is destroyed.
        fail(call.abortSignal?.reason);
        request.destroy(call.abortSignal?.reason);
      },
      { once: true },
    );
    request.end(body);
  }
}

/** Later calls of `callback` change nothing: dockerode settles a promise with it. */
function readAnswer({ statusCodes }: ModemCall, answer: http.IncomingMessage, callback: Callback): void {
  const status = answer.statusCode ?? 0;
  const chunks: Buffer[] = [];
  const cut = (error?: Error): void => {
    const { errored } = answer.socket;
    callback(isClockerError(errored) ? errored : (error ?? new Error('the answer was cut')), null);
  };
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('error', cut);
  answer.on('close', () => answer.complete || cut());
  answer.on('end', () => {
    if (!answer.complete) return;
    const text = Buffer.concat(chunks).toString('utf8');
    if (statusCodes[status] === true) callback(null, isJson(answer) ? toValue(text) : text);
    else callback(new EngineRefusal(status, toDockerMessage(text)), null);
  });
}

/** The engine answers in JSON, a `/_ping` in plain text; without a body it names no type. */
function isJson({ headers }: http.IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/json') ?? false;
}

function toValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function toPath({ path, options = {} }: ModemCall): string {
  if (!path.endsWith('?')) return path;
  const { abortSignal: _, ...rest } = options;
  const query = Object.entries(isRecord(rest._query) ? rest._query : rest).map(([key, value]) => [
    key,
    isRecord(value) ? JSON.stringify(value) : value,
  ]);
  return query.length > 0 ? `${path}${stringify(Object.fromEntries(query))}` : path.slice(0, -1);
}

function toBody({ method, options, allowEmpty }: ModemCall): Buffer | undefined {
  if (method !== 'POST' || !options) return undefined;
  const { abortSignal: _, ...rest } = options;
  const text = JSON.stringify(rest._body ?? rest);
  return text === '{}' && !allowEmpty ? undefined : Buffer.from(text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
