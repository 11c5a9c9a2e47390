import type { Host } from '@/server/domain/entity/host.ts';
import { parseLabels } from './parse-labels.ts';

export interface LabelChange {
  readonly set: Readonly<Record<string, string>>;
  readonly without: readonly string[];
}

/** `rack=2, disk=ssd, -old`: labels that are set, and names of those that go. Null when a part is neither, or nothing is said. */
export function readLabelChange(text: string): LabelChange | null {
  const parts = text.split(/[,\n]/).flatMap((part) => part.trim() || []);
  const without = parts.flatMap((part) => (part.startsWith('-') && !part.includes('=') ? [part.slice(1).trim()] : []));
  const set = parseLabels(parts.filter((part) => !part.startsWith('-') || part.includes('=')).join(','));
  if (set === null || without.includes('') || parts.length === 0) return null;
  return { set, without };
}

export function changedLabels(labels: Host['labels'], { set, without }: LabelChange): Record<string, string> {
  const kept = Object.entries(labels).filter(([name]) => !without.includes(name));
  return { ...Object.fromEntries(kept), ...set };
}
