import { networkInterfaces } from 'node:os';

/** An IPv4 address of this machine that is not its loopback: containers and hosts of a lab reach it there. @throws Error where it has none */
export function ownAddress(): string {
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const found = own.find(({ internal, family }) => !internal && family === 'IPv4');
  if (!found) throw new Error('this machine has no IPv4 address but its loopback');
  return found.address;
}
