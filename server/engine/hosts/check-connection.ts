import { type ConnectionCheck, type ConnectionFindings, type Outcome, toConnectionChecks } from '../../domain/host/connection-checks.ts';
import type { SetUpFacts } from '../../domain/host-setup/set-up-facts.ts';
import { isClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { HostSession, HostTarget } from '../../ports/host-session.ts';
import type { EngineContext } from '../engine-context.ts';
import { readFacts } from '../host-setup/set-up-host.ts';

const CALL_MS = 5_000;

/**
 * Looks at everything between here and the engine of a machine, over a connection of its own that ends with it. Changes nothing there, and
 * never throws: what fails is the answer.
 */
export async function checkConnection(
  { connector, clock }: Pick<EngineContext, 'connector' | 'clock'>,
  target: HostTarget,
  signal?: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const { address, port, user, hostKey: pinned } = target;
  const found = { place: { address, port, user }, pinned, login: null, facts: null, engine: null, clockAheadMs: null };
  let reach: ConnectionFindings['reach'];
  try {
    reach = { hostKey: await connector.scanHostKey(address, port, signal ? { signal } : {}) };
  } catch (error) {
    return toConnectionChecks({ ...found, reach: { endedAt: stageOf(error), reason: reasonOf(error) } });
  }
  if (reach.hostKey.fingerprint !== pinned.fingerprint) return toConnectionChecks({ ...found, reach });
  const session = connector.session(target);
  try {
    const login = await outcomeOf(async () => {
      await session.connect();
      return '';
    });
    if (!login.ok) return toConnectionChecks({ ...found, reach, login });
    const facts = await factsOf(session);
    const clockAheadMs = facts?.clockSeconds == null ? null : facts.clockSeconds * 1_000 - clock.now();
    const engine = await outcomeOf(async () => `Version ${(await session.engine.facts({ signal: AbortSignal.timeout(CALL_MS) })).version}`);
    return toConnectionChecks({ ...found, reach, login, facts, engine, clockAheadMs });
  } finally {
    await session.close();
  }
}

async function outcomeOf(work: () => Promise<string>): Promise<Outcome> {
  try {
    return { ok: true, text: await work() };
  } catch (error) {
    return { ok: false, text: toErrorView(error).message };
  }
}

async function factsOf(session: HostSession): Promise<SetUpFacts | null> {
  try {
    const facts = await readFacts(session);
    // A forced command or no shell answers with something else, or nothing.
    return facts.architecture === '' ? null : facts;
  } catch {
    return null;
  }
}

const NAME_CODES: readonly unknown[] = ['ENOTFOUND', 'EAI_AGAIN'];
const NETWORK_CODES: readonly unknown[] = ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Where a dial ended, by what the system says of it. */
function stageOf(error: unknown): 'name' | 'port' | 'ssh' {
  const cause = isClockerError(error) ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (NAME_CODES.includes(code)) return 'name';
  const isSilent = cause instanceof Error && cause.message === 'Timed out while waiting for handshake';
  return NETWORK_CODES.includes(code) || isSilent ? 'port' : 'ssh';
}

/** The last part of the message: the first tells where, which the check does too. */
function reasonOf(error: unknown): string {
  const { message } = toErrorView(error);
  return message.split(': ').at(-1) ?? message;
}
