import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { addressProblem } from './address-problem.ts';

export interface FoundAddress {
  readonly address: string;
  readonly family: number;
}

/** `isNone`: the name has no address. */
export interface NoAddress {
  readonly why: string;
  readonly isNone: boolean;
}

/**
 * The address that the console may connect to by a name, or why none. Every address of the name is looked at, and the one that is given is to
 * be connected to as it is, so that the name cannot mean another machine a moment later. @throws Error of the resolver
 */
export async function findAddress(hostname: string): Promise<FoundAddress | NoAddress> {
  const name = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(name) === 0 ? await lookup(name, { all: true }) : [{ address: name, family: isIP(name) }];
  for (const { address } of found) {
    const problem = addressProblem(address);
    if (problem !== null) return { why: `${name === address ? address : `${name} is ${address}, which`} ${problem}`, isNone: false };
  }
  const [first] = found;
  return first ?? { why: `${name} has no address`, isNone: true };
}
