import { createHash } from 'node:crypto';
import type { SimulatedMachine } from './simulated-machine.ts';

/** Of `toShellTurn`: a script, and the mark behind what it prints. */
const PART = /\(\n([\s\S]*?)\n\)\nck=\$\?\nprintf '\\n(\S+) %d\\n'/g;

/** What a script for root prints: the names of networks, and whether other hosts answer. It has no links, and so no provider has anything to do. */
export function runAsRoot(machine: SimulatedMachine, script: string, text: string): string {
  const parts = [...script.matchAll(PART)];
  if (parts.length > 0) return parts.map(([, part = '', mark]) => `${runAsRoot(machine, part, text)}\n${mark} 0\n`).join('');
  if (script.includes('sha256sum')) return resolversOf(machine);
  if (script.includes('dnsmasq --conf-file')) return write(machine, text);
  if (script.includes('rm -f "$k.pid"')) return stop(machine, text);
  if (script.includes('ping -n -q')) return pinged(machine, text);
  return '';
}

function resolversOf({ resolvers }: SimulatedMachine): string {
  return [...resolvers]
    .map(
      ([key, { gateway, outside, text }]) => `names ${key} ${gateway} ${outside} ${createHash('sha256').update(text).digest('hex')} alive`,
    )
    .join('\n');
}

function write({ resolvers }: SimulatedMachine, text: string): string {
  const [, key = '', gateway = '', outside = ''] = text.slice(0, text.indexOf('\n')).split(' ');
  resolvers.set(key, { gateway, outside, text: text.slice(text.indexOf('\n') + 1) });
  return '';
}

function stop({ resolvers }: SimulatedMachine, text: string): string {
  resolvers.delete(text.split(' ')[1] ?? '');
  return '';
}

/** Lines `number, address of the host, its address on the network, bytes`. */
function pinged({ cutFrom }: SimulatedMachine, text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [index, underlay = '', gateway = ''] = line.split(' ');
      const [small, outside] = [gateway, underlay].map((address) => (cutFrom.has(address) ? 'n' : 'y'));
      return `${index} ${small} ${small} ${small === 'y' ? 'y' : outside}`;
    })
    .join('\n');
}
