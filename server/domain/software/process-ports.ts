import { parsePorts } from '../entity/port-ranges.ts';
import { canTry, readPattern } from '../shared/bounded-pattern.ts';
import type { Json } from '../shared/json.ts';
import type { SoftwareConfig } from './to-process-spec.ts';

/** Keys that are ports unless the blueprint says which are. */
const USUAL_KEYS = /^.*\.port$/;

/** The ports that config keys say, by key: of a range the first. */
export function portsOfKeys(config: SoftwareConfig): ReadonlyMap<string, number> {
  const isPort = keyTest(config['inboundPorts.configRegex']);
  const found = new Map<string, number>();
  for (const [key, value] of Object.entries(config)) {
    const ranges = isPort(key) ? parsePorts(value) : null;
    const [first] = ranges?.ok ? ranges.ranges : [];
    if (first !== undefined) found.set(key, first.from);
  }
  return found;
}

/** All TCP ports that are to be reachable. 22 is the machine's own. */
export function openedPorts(config: SoftwareConfig, more: readonly number[]): readonly number[] {
  const isInferred = String(config['inboundPorts.autoInfer'] ?? true).toLowerCase() !== 'false';
  const asked = parsePorts(config.requiredOpenLoginPorts);
  const ports = [
    ...(isInferred ? portsOfKeys(config).values() : []),
    ...more,
    ...(asked.ok ? asked.ranges.filter(({ from, to }) => from === to).map(({ from }) => from) : []),
  ];
  return [...new Set(ports)].filter((port) => port !== 22);
}

function keyTest(pattern: Json | undefined): (key: string) => boolean {
  const read = typeof pattern === 'string' && pattern !== '' ? readPattern(pattern) : null;
  if (read === null || !read.ok) return (key) => USUAL_KEYS.test(key);
  const { pattern: bounded } = read;
  const whole = new RegExp(`^(?:${bounded.source})$`, bounded.flags);
  return (key) => canTry(bounded, key) && whole.test(key);
}
