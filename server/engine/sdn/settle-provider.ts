import { type ClockerError, type ErrorCode, isClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostNetworks, RootShell, SdnProvider, SdnStep } from '../../ports/sdn-provider.ts';

/** One to look, and one to change something with. */
export interface Shells {
  readonly shell: RootShell;
  readonly changing: RootShell;
}

export interface Outcome {
  readonly done: readonly SdnStep[];
  /** Null where all is as wanted. */
  readonly refusal: Refusal | null;
}

/** What stands against something that a host should have. */
export interface Refusal {
  readonly error: ClockerError;
  /** Something that is wanted no more may be there still. */
  readonly mayBeLeft: boolean;
  /** Record ids of the networks that are refused; absent: it stands against all. */
  readonly networkIds?: readonly string[];
}

const REFUSED: readonly ErrorCode[] = ['network.refused', 'conflict.foreign', 'engine.refused'];

/** What one thing is refused for keeps nothing else from being done. Throws again what concerns all of the host. */
export function toRefusal(error: unknown, mayBeLeft: boolean): Refusal {
  if (isClockerError(error) && REFUSED.includes(error.code)) return { error, mayBeLeft };
  throw error;
}

/** What was seen of one provider on a host the last time that all was as wanted; null where it was not. */
export interface Memory {
  seen: unknown;
}

/**
 * Brings what a host has of one provider to what it should have: what can be done ahead by what was seen last, then what is left by what is seen now. What
 * is wanted no more goes also where something else is refused; with `isMaking` false it is all that is done. Errors: those of hosts and of the fence.
 */
export async function settleProvider(
  { shell, changing }: Shells,
  provider: SdnProvider,
  { isMaking, memory, ...wanted }: HostNetworks & { readonly isMaking: boolean; readonly memory: Memory },
): Promise<Outcome> {
  const hasty = isMaking && memory.seen !== null ? await goAhead(changing, provider, { wanted, earlier: memory.seen }) : [];
  memory.seen = null;
  let refused: ClockerError | null = null;
  try {
    const observed = await provider.observe(shell, wanted);
    refused = provider.refusal?.(wanted, observed) ?? null;
    const planned = provider.plan(wanted, observed);
    const steps = isMaking && refused === null ? planned : planned.filter(takesAway);
    if (steps.length > 0) await provider.apply(changing, steps);
    if (planned.length === 0 && refused === null) memory.seen = observed;
    const done = [...new Map([...hasty, ...steps].map((step) => [`${step.networkId} ${step.text}`, step])).values()];
    return { done, refusal: refused && { error: refused, mayBeLeft: false } };
  } catch (error) {
    const failed = toRefusal(error, true);
    return { done: hasty, refusal: { error: refused ?? failed.error, mayBeLeft: await isLeft(shell, provider, wanted) } };
  }
}

interface Hasty {
  readonly wanted: HostNetworks;
  readonly earlier: unknown;
}

/** What is refused here is told by what is done after the look, which does it again. */
async function goAhead(changing: RootShell, provider: SdnProvider, { wanted, earlier }: Hasty): Promise<readonly SdnStep[]> {
  const steps = provider.ahead?.(wanted, earlier) ?? [];
  try {
    if (steps.length > 0) await provider.apply(changing, steps);
    return steps;
  } catch (error) {
    toRefusal(error, true);
    return [];
  }
}

/** Whether what failed was to take something away. */
async function isLeft(shell: RootShell, provider: SdnProvider, wanted: HostNetworks): Promise<boolean> {
  try {
    return provider.plan(wanted, await provider.observe(shell, wanted)).some(takesAway);
  } catch (error) {
    return toRefusal(error, true).mayBeLeft;
  }
}

function takesAway({ networkId }: SdnStep): boolean {
  return networkId === undefined;
}
