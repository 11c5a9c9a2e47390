import type { z } from 'zod';
import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceEntry, textOf } from '../blueprint/source-node.ts';
import { capabilityToAdd, securityOption, sysctlName } from '../entity/dangerous-options.ts';
import { addDangerous, addUnsupported } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { readFlag, readPairs, readTexts } from './read-value.ts';
import { toList } from './to-process.ts';

/** Flags and modes that reach beyond the container, and the values of them that do not. */
const DANGEROUS: Readonly<Record<string, { readonly why: string; readonly harmless: readonly string[] }>> = {
  privileged: { why: 'the container would have every right of its host’s root', harmless: ['false', ''] },
  devices: { why: 'devices of a host are not given to containers', harmless: [] },
  device_cgroup_rules: { why: 'devices of a host are not given to containers', harmless: [] },
  gpus: { why: 'devices of a host are not given to containers', harmless: [] },
  use_api_socket: { why: 'whoever has the socket of the engine is root on its host', harmless: ['false'] },
  pid: { why: 'the container would see and end every process of its host', harmless: ['', 'private'] },
  ipc: { why: 'the container would share memory with programs of its host', harmless: ['', 'private'] },
  uts: { why: 'the container could rename its host', harmless: ['', 'private'] },
  userns_mode: { why: 'root in the container would be root on its host', harmless: ['', 'private'] },
  cgroup: { why: 'the container would see the control groups of its host', harmless: ['', 'private'] },
  cgroup_parent: { why: 'the container would be outside of the limits of its own', harmless: [''] },
  runtime: { why: 'another program of the host would run the container', harmless: ['', 'runc'] },
};
/** Modes that share with another container instead of the host. */
const SHARED = /^(?:service:|container:|shareable$|none$)/;

export const DANGEROUS_KEYS: readonly string[] = Object.keys(DANGEROUS);

/** What gives a container more, or less, than it has by itself. */
export function toSecurity({ attributes, context: { findings } }: ComposeService): readonly SourceEntry[] {
  for (const [key, rule] of Object.entries(DANGEROUS)) {
    const entry = attributes.get(key);
    if (entry !== undefined) checkDangerous(entry, rule, findings);
  }
  return [
    ...toAllowed(attributes.get('cap_add'), 'docker.container.capAdd', capabilityToAdd, findings),
    ...toList(findings, attributes.get('cap_drop'), 'docker.container.capDrop'),
    ...toAllowed(attributes.get('security_opt'), 'docker.container.securityOpt', securityOption, findings),
    ...toSysctls(attributes.get('sysctls'), findings),
  ];
}

function checkDangerous(
  entry: SourceEntry,
  { why, harmless }: { readonly why: string; readonly harmless: readonly string[] },
  findings: Findings,
): void {
  const { key, value } = entry;
  if (isNothing(value) || (value.kind === 'list' && value.items.length === 0)) return;
  const text = textOf(value);
  const flag = key === 'privileged' || key === 'use_api_socket' ? readFlag(findings, entry) : undefined;
  if (flag === false || (text !== null && harmless.includes(text))) return;
  if (text !== null && (key === 'pid' || key === 'ipc') && SHARED.test(text)) {
    addUnsupported(findings, entry, 'containers do not share name spaces with one another');
    return;
  }
  const shown = value.kind === 'scalar' && text !== null && flag === undefined ? `${key}: ${text}` : key;
  addDangerous(findings, entry, shown, why);
}

/** Those of a list that do no harm; each other one is said. */
function toAllowed(
  entry: SourceEntry | undefined,
  configKey: string,
  allowed: z.ZodType<string>,
  findings: Findings,
): readonly SourceEntry[] {
  if (entry === undefined) return [];
  const items = readTexts(findings, entry).flatMap(({ text, range }) => {
    if (allowed.safeParse(text).success) return [scalarAt(range, text)];
    addDangerous(
      findings,
      { range },
      `${entry.key}: ${text}`,
      entry.key === 'cap_add' ? 'it gives the container rights over its host' : 'it loosens what keeps the container in',
    );
    return [];
  });
  return items.length === 0 ? [] : [entryAt(entry.range, configKey, listAt(entry.value.range, items))];
}

function toSysctls(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const entries = readPairs(findings, entry).flatMap(({ key, value, keyRange, range }) => {
    if (sysctlName.safeParse(key).success) return [entryAt(keyRange, key, scalarAt(range, value ?? ''))];
    addDangerous(findings, { range: keyRange }, `sysctls: ${key}`, `${quoteText(key)} is a setting of the whole host`);
    return [];
  });
  return entry === undefined || entries.length === 0
    ? []
    : [entryAt(entry.range, 'docker.container.sysctls', mapAt(entry.value.range, entries))];
}
