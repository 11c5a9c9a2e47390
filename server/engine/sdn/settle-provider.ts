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
}

const REFUSED: readonly ErrorCode[] = ['network.refused', 'conflict.foreign', 'engine.refused'];

/** What one thing is refused for keeps nothing else from being done. Throws again what concerns all of the host. */
export function toRefusal(error: unknown, mayBeLeft: boolean): Refusal {
  if (isClockerError(error) && REFUSED.includes(error.code)) return { error, mayBeLeft };
  throw error;
}

/**
 * Brings what a host has of one provider to what it should have. What is wanted no more goes also where something else is refused; with `isMaking` false it
 * is all that is done. Errors: those of hosts and of the fence.
 */
export async function settleProvider(
  { shell, changing }: Shells,
  provider: SdnProvider,
  { isMaking, ...wanted }: HostNetworks & { readonly isMaking: boolean },
): Promise<Outcome> {
  let refused: ClockerError | null = null;
  try {
    const observed = await provider.observe(shell, wanted);
    refused = provider.refusal?.(wanted, observed) ?? null;
    const planned = provider.plan(wanted, observed);
    const steps = isMaking && refused === null ? planned : planned.filter(takesAway);
    if (steps.length > 0) await provider.apply(changing, steps);
    const done = [...new Map(steps.map((step) => [`${step.networkId} ${step.text}`, step])).values()];
    return { done, refusal: refused && { error: refused, mayBeLeft: false } };
  } catch (error) {
    const failed = toRefusal(error, true);
    return { done: [], refusal: { error: refused ?? failed.error, mayBeLeft: await isLeft(shell, provider, wanted) } };
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
