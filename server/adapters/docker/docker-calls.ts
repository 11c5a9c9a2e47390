import Docker from 'dockerode';
import type { Clock } from '../../ports/clock.ts';
import type { CallOptions } from '../../ports/docker-engine.ts';
import { boundedCall } from './bounded-call.ts';
import { CallGate } from './call-gate.ts';
import { toCallError, toRefusal } from './engine-errors.ts';
import { EngineModem } from './engine-modem.ts';
import type { EngineTransport } from './engine-transport.ts';

/** dockerode as it is: its types forget that these calls take options too. */
type EngineClient = Omit<Docker, 'ping' | 'info' | 'version'> & {
  ping(options: { abortSignal: AbortSignal }): Promise<unknown>;
  info(options: { abortSignal: AbortSignal }): Promise<unknown>;
  version(options: { abortSignal: AbortSignal }): Promise<unknown>;
};

interface TypedCall<T> {
  /** For messages: `inspect of web`. */
  readonly what: string;
  readonly deadlineMs: number;
  readonly options: CallOptions | undefined;
  /** HTTP statuses that are an answer and not a failure. */
  readonly expected?: { readonly statuses: readonly number[]; readonly value: T };
  readonly perform: (docker: EngineClient, abortSignal: AbortSignal) => Promise<T>;
}

export interface DockerCalls {
  call<T>(call: TypedCall<T>): Promise<T>;
  /** Past all others, for the liveness call. */
  callFirst<T>(call: TypedCall<T>): Promise<T>;
}

/**
 * Typed short calls through dockerode, each bounded by its own deadline.
 * Errors: those of the port.
 */
export function createDockerCalls(transport: EngineTransport, clock: Clock): DockerCalls {
  const gate = new CallGate(() => transport.callLimit);
  const docker = toClient(transport.calls);
  const control = toClient(transport.control);

  async function perform<T>(client: EngineClient, { what, deadlineMs, options, expected, perform }: TypedCall<T>): Promise<T> {
    const bounds = {
      what: `${what} on ${transport.hostName}`,
      deadlineMs,
      signal: options?.signal,
      clock,
      onLost: (listener: Parameters<EngineTransport['onLost']>[0]) => transport.onLost(listener),
    };
    try {
      return await boundedCall(bounds, (signal) => perform(client, signal));
    } catch (error) {
      const refusal = toRefusal(error);
      if (expected && refusal && expected.statuses.includes(refusal.status)) return expected.value;
      throw toCallError(transport.hostName, what, error);
    }
  }

  return {
    call: (call) => gate.run(call.options?.signal, () => perform(docker, call)),
    callFirst: (call) => perform(control, call),
  };
}

function toClient(agent: EngineTransport['calls']): EngineClient {
  const options = { modem: new EngineModem(agent) };
  return new Docker(options as Docker.DockerOptions) as unknown as EngineClient;
}
