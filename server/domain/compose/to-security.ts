import type { Findings } from '../blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceEntry, textOf } from '../blueprint/source-node.ts';
import { addDangerous, addUnsupported } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { readFlag, readPairs } from './read-value.ts';
import { toList } from './to-process.ts';

/** What nobody is given, and the values of it that do no harm. */
const REFUSED: Readonly<Record<string, { readonly why: string; readonly harmless: readonly string[] }>> = {
  device_cgroup_rules: { why: 'devices of a host are given one by one, with “devices”', harmless: [] },
  gpus: { why: 'devices of a host are given one by one, with “devices”', harmless: [] },
  use_api_socket: { why: 'whoever has the socket of the engine is root on its host', harmless: ['false'] },
  cgroup_parent: { why: 'the container would be outside of the limits of its own', harmless: [''] },
  runtime: { why: 'another program of the host would run the container', harmless: ['', 'runc'] },
};

/** Name spaces, by Compose's names: whether they are the host's is host access, which is told where it is planned. */
const MODES: Readonly<Record<string, string>> = {
  pid: 'docker.container.pidMode',
  ipc: 'docker.container.ipcMode',
  uts: 'docker.container.utsMode',
  userns_mode: 'docker.container.usernsMode',
  cgroup: 'docker.container.cgroupMode',
};

export const DANGEROUS_KEYS: readonly string[] = [...Object.keys(REFUSED), ...Object.keys(MODES), 'privileged', 'devices'];

/** What gives a container more, or less, than it has by itself. */
export function toSecurity({ attributes, context: { findings } }: ComposeService): readonly SourceEntry[] {
  for (const [key, rule] of Object.entries(REFUSED)) {
    const entry = attributes.get(key);
    if (entry !== undefined) checkDangerous(entry, rule, findings);
  }
  const privileged = attributes.get('privileged');
  return [
    ...(privileged !== undefined && readFlag(findings, privileged) === true
      ? [entryAt(privileged.range, 'docker.container.privileged', scalarAt(privileged.value.range, true))]
      : []),
    ...Object.entries(MODES).flatMap(([key, configKey]) => toMode(attributes.get(key), configKey, findings)),
    ...toList(findings, attributes.get('devices'), 'docker.container.devices'),
    ...toList(findings, attributes.get('cap_add'), 'docker.container.capAdd'),
    ...toList(findings, attributes.get('cap_drop'), 'docker.container.capDrop'),
    ...toList(findings, attributes.get('security_opt'), 'docker.container.securityOpt'),
    ...toSysctls(attributes.get('sysctls'), findings),
  ];
}

function toMode(entry: SourceEntry | undefined, configKey: string, findings: Findings): readonly SourceEntry[] {
  const text = entry === undefined ? null : textOf(entry.value);
  if (entry === undefined || text === '' || text === 'private' || isNothing(entry.value)) return [];
  if (text === 'host') return [entryAt(entry.range, configKey, scalarAt(entry.value.range, text))];
  addUnsupported(findings, entry, 'containers do not share name spaces with one another');
  return [];
}

function checkDangerous(
  entry: SourceEntry,
  { why, harmless }: { readonly why: string; readonly harmless: readonly string[] },
  findings: Findings,
): void {
  const { key, value } = entry;
  if (isNothing(value) || (value.kind === 'list' && value.items.length === 0)) return;
  const text = textOf(value);
  const flag = key === 'use_api_socket' ? readFlag(findings, entry) : undefined;
  if (flag === false || (text !== null && harmless.includes(text))) return;
  const shown = value.kind === 'scalar' && text !== null && flag === undefined ? `${key}: ${text}` : key;
  addDangerous(findings, entry, shown, why);
}

function toSysctls(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const entries = readPairs(findings, entry).flatMap(({ key, value, keyRange, range }) => {
    return [entryAt(keyRange, key, scalarAt(range, value ?? ''))];
  });
  return entry === undefined || entries.length === 0
    ? []
    : [entryAt(entry.range, 'docker.container.sysctls', mapAt(entry.value.range, entries))];
}
