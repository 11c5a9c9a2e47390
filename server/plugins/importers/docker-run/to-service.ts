import type { Findings, TextRange } from '../../../domain/blueprint/findings.ts';
import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../../../domain/blueprint/source-node.ts';
import { addNoEffect, addNote, addUnsupported, addValue } from '../../../domain/compose/compose-findings.ts';
import { isHostPath } from '../../../domain/compose/read-mounts.ts';
import type { GivenFlag, RunArguments } from './read-arguments.ts';
import { readMountFlag } from './read-mount-flag.ts';

/** What the flags of one command become: keys of a Compose service, and names that it uses. */
export interface RunService {
  readonly name: string | null;
  /** By key of Compose; each entry's own key is the flag, for messages. */
  readonly attributes: ReadonlyMap<string, SourceEntry>;
  readonly volumes: readonly SourceEntry[];
  readonly networks: readonly SourceEntry[];
}

export function toService({ flags, image, command }: RunArguments, range: TextRange, findings: Findings): RunService {
  const draft: Draft = { attributes: new Map(), volumes: [], networks: [], endpoint: [], name: null, findings };
  for (const given of flags) apply(given, draft);
  finishNetwork(draft);
  if (image !== null) draft.attributes.set('image', entryAt(image.range, 'image', scalarAt(image.range, image.text)));
  if (command.length > 0) {
    const words = command.map((word) => scalarAt(word.range, word.text));
    draft.attributes.set('command', entryAt(words[0]?.range ?? range, 'command', listAt(words[0]?.range ?? range, words)));
  }
  // A word on the command line is one word, also as entrypoint.
  const entrypoint = draft.attributes.get('entrypoint');
  if (entrypoint !== undefined) {
    const words = isEmpty(entrypoint.value) ? [] : [entrypoint.value];
    draft.attributes.set('entrypoint', { ...entrypoint, value: listAt(entrypoint.value.range, words) });
  }
  return { name: draft.name, attributes: draft.attributes, volumes: draft.volumes, networks: draft.networks };
}

interface Draft {
  readonly attributes: Map<string, SourceEntry>;
  readonly volumes: SourceEntry[];
  readonly networks: SourceEntry[];
  /** Of the one network that it joins. */
  readonly endpoint: SourceEntry[];
  name: string | null;
  readonly findings: Findings;
}

function apply(given: GivenFlag, draft: Draft): void {
  const { flag, written, range, value } = given;
  const { attributes, findings } = draft;
  const at = pathAt(range, written);
  const entry = entryAt(at, written, scalarAt(pathAt(value.range, written), value.text));
  switch (flag.kind) {
    case 'flag':
    case 'text':
      attributes.set(flag.key, entry);
      return;
    case 'list':
      push(attributes, flag.key, entry);
      return;
    case 'below':
      putBelow(attributes, flag.key, { ...entry, key: flag.below });
      return;
    case 'no-effect':
      addNoEffect(findings, entry, flag.reason ?? '');
      return;
    case 'special':
      applySpecial(given, entry, draft);
      return;
    case 'silent':
      return;
  }
}

function applySpecial({ flag, value }: GivenFlag, entry: SourceEntry, draft: Draft): void {
  const { attributes, findings } = draft;
  if (flag.kind !== 'special') return;
  switch (flag.read) {
    case 'name':
      draft.name = value.text;
      return;
    case 'network':
      joinNetwork(entry, value.text, draft);
      return;
    case 'network-alias':
      pushBelow(draft.endpoint, 'aliases', entry);
      return;
    case 'ip':
      draft.endpoint.push({ ...entry, key: 'ipv4_address' });
      return;
    case 'volume': {
      const [source = '', target] = value.text.split(':');
      if (target !== undefined && !isHostPath(source)) draft.volumes.push(entryAt(entry.range, source, scalarAt(entry.value.range, null)));
      push(attributes, 'volumes', entry);
      return;
    }
    case 'mount': {
      const mount = readMountFlag(entry, value.text, findings);
      if (mount === null) return;
      if (mount.volume !== null) draft.volumes.push(entryAt(entry.range, mount.volume, scalarAt(entry.value.range, null)));
      push(attributes, 'volumes', { ...entry, value: mount.node });
      return;
    }
    case 'no-healthcheck':
      putBelow(attributes, 'healthcheck', { ...entry, key: 'disable' });
      return;
    case 'log-option': {
      const [key = '', ...rest] = value.text.split('=');
      const options = mapBelow(attributes, 'logging', 'options');
      putBelow(
        attributes,
        'logging',
        entryAt(
          entry.range,
          'options',
          mapAt(entry.range, [...options, entryAt(entry.range, key, scalarAt(entry.value.range, rest.join('=')))]),
        ),
      );
      return;
    }
    case 'ulimit':
      putBelow(attributes, 'ulimits', toUlimit(entry, value.text, findings));
      return;
    case 'stop-timeout':
      attributes.set('stop_grace_period', {
        ...entry,
        value: scalarAt(entry.value.range, /^\d+$/.test(value.text) ? `${value.text}s` : value.text),
      });
      return;
    case 'publish-all':
      addUnsupported(findings, entry, 'which ports an image has is not known before it is pulled', 'Name each port with -p.');
      return;
    case 'rm':
      addNote(findings, entry, 'is what happens here: a container that ended is removed with its application');
  }
}

/** Flags of their own about one network. */
function finishNetwork({ attributes, endpoint, networks }: Draft): void {
  if (endpoint.length === 0) return;
  const [first] = endpoint;
  if (first === undefined) return;
  const name = networks.at(-1) ?? entryAt(first.range, 'default', scalarAt(first.range, null));
  attributes.set('networks', entryAt(name.range, '--network', mapAt(name.range, [{ ...name, value: mapAt(first.range, endpoint) }])));
}

function joinNetwork(entry: SourceEntry, text: string, draft: Draft): void {
  if (/^(?:host|none|bridge|default|container:.*)$/.test(text)) {
    if (text !== 'default') draft.attributes.set('network_mode', entry);
    return;
  }
  const name = /^name=([^,]+)/.exec(text)?.[1] ?? text;
  if (/[=,]/.test(name)) {
    addValue(draft.findings, entry.value, `${quoteText(text)} is no name of a network.`);
    return;
  }
  draft.networks.push(entryAt(entry.range, name, scalarAt(entry.value.range, null)));
  push(draft.attributes, 'networks', { ...entry, value: scalarAt(entry.value.range, name) });
}

/** `nofile=1024` or `nofile=1024:2048` */
function toUlimit(entry: SourceEntry, text: string, findings: Findings): SourceEntry {
  const match = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(text);
  if (match === null) addValue(findings, entry.value, `${quoteText(text)} is not NAME=LIMIT or NAME=SOFT:HARD.`);
  const [, name = 'nofile', soft = '-1', hard = soft] = match ?? [];
  const { range } = entry.value;
  return entryAt(
    entry.range,
    name,
    mapAt(range, [entryAt(range, 'soft', scalarAt(range, soft)), entryAt(range, 'hard', scalarAt(range, hard))]),
  );
}

function push(attributes: Draft['attributes'], key: string, entry: SourceEntry): void {
  const known = attributes.get(key);
  const items = known?.value.kind === 'list' ? known.value.items : [];
  attributes.set(key, { ...(known ?? entry), value: listAt(known?.value.range ?? entry.value.range, [...items, entry.value]) });
}

function putBelow(attributes: Draft['attributes'], key: string, entry: SourceEntry): void {
  const known = attributes.get(key);
  const entries = known?.value.kind === 'map' ? [...known.value.entries.values()] : [];
  attributes.set(key, entryAt(known?.range ?? entry.range, key, mapAt(known?.value.range ?? entry.value.range, [...entries, entry])));
}

function mapBelow(attributes: Draft['attributes'], key: string, below: string): readonly SourceEntry[] {
  const known = attributes.get(key)?.value;
  const found = known?.kind === 'map' ? known.entries.get(below)?.value : undefined;
  return found?.kind === 'map' ? [...found.entries.values()] : [];
}

function pushBelow(entries: SourceEntry[], key: string, entry: SourceEntry): void {
  const at = entries.findIndex((known) => known.key === key);
  const known = entries[at]?.value;
  const items = known?.kind === 'list' ? known.items : [];
  const list = entryAt(entry.range, key, listAt(entry.value.range, [...items, entry.value]));
  if (at < 0) entries.push(list);
  else entries[at] = list;
}

function pathAt(range: TextRange, path: string): TextRange {
  return { ...range, path };
}

function isEmpty(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === '';
}
