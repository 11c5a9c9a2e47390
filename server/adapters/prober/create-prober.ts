import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Clock } from '../../ports/clock.ts';
import type { Dialer } from '../../ports/host-session.ts';
import type { AskOptions, NetworkAnswer, NetworkProbe, Prober } from '../../ports/prober.ts';
import { addressProblem } from '../sources/address-problem.ts';
import { askHttp } from './ask-http.ts';
import { askTcp, askTls } from './ask-socket.ts';
import { DialingAgent } from './dialing-agent.ts';

/** What a question gives, without its times. */
export type Told = NetworkAnswer extends infer Each ? (Each extends NetworkAnswer ? Omit<Each, 'at' | 'tookMs'> : never) : never;

/** How a question gets there. */
export interface Way {
  readonly address: Address;
  readonly signal: AbortSignal;
  readonly through: Dialer | undefined;
  /** For plain HTTP through a host; undefined opens a connection for the one request. */
  readonly agent: DialingAgent | undefined;
}

/** Looked at and then connected to, so that a name cannot mean another machine a moment later. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

export function createProber(clock: Clock): Prober {
  const agents = new WeakMap<Dialer, DialingAgent>();

  function agentOf(through: Dialer | undefined): DialingAgent | undefined {
    if (through === undefined) return undefined;
    const agent = agents.get(through) ?? new DialingAgent(through);
    agents.set(through, agent);
    return agent;
  }

  return {
    async ask(probe, options) {
      const begun = performance.now();
      const told = await askInTime(probe, { ...options, agent: agentOf(options.through) });
      return { ...told, at: clock.now(), tookMs: Math.round((performance.now() - begun) * 10) / 10 };
    },
  };
}

interface Asking extends AskOptions {
  readonly agent: DialingAgent | undefined;
}

async function askInTime(probe: NetworkProbe, options: Asking): Promise<Told> {
  const { timeoutMs, signal } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const limit = AbortSignal.any([signal, deadline]);
  try {
    return await untilAborted(ask(probe, { ...options, signal: limit }), limit);
  } catch (error) {
    if (deadline.aborted) return { kind: 'failed', problem: `nothing came within ${timeoutMs / 1_000} s` };
    return { kind: 'failed', problem: problemOf(error) };
  }
}

async function ask(probe: NetworkProbe, options: Asking): Promise<Told> {
  const { signal, through, agent } = options;
  if (probe.kind === 'http') {
    const url = URL.parse(probe.url);
    if (url === null || !['http:', 'https:'].includes(url.protocol)) return failed(`${probe.url} is no URL of http or https`);
    const address = await addressOf(url.hostname, options);
    return typeof address === 'string' ? failed(address) : await askHttp(url, probe, { address, signal, through, agent });
  }
  const address = await addressOf(probe.host, options);
  if (typeof address === 'string') return failed(address);
  const way = { address, signal, through, agent };
  return probe.kind === 'tcp' ? await askTcp(probe, way) : await askTls(probe, way);
}

/** The first address of a name that may be asked, or why none may; the name itself where it is resolved elsewhere. */
async function addressOf(hostname: string, { ownMachine, through }: AskOptions): Promise<Address | string> {
  const name = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(name);
  if (through !== undefined) return { address: name, family };
  const found = family === 0 ? await lookup(name, { all: true }) : [{ address: name, family }];
  for (const { address } of found) {
    const problem = ownMachine && isLoopback(address) ? null : addressProblem(address);
    if (problem !== null) return `is not asked: ${name === address ? address : `${name} is ${address}, which`} ${problem}`;
  }
  return found[0] ?? `${name} has no address`;
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** A name that is being resolved cannot be aborted. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function failed(problem: string): Told {
  return { kind: 'failed', problem };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no such name',
  EAI_AGAIN: 'the name cannot be resolved now',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody who is trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody who is trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function problemOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? (error instanceof Error ? error.message : String(error));
}
