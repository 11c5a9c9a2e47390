import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, mapAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceMap } from '../blueprint/source-node.ts';
import { addDangerous, addUnsupported, checkKeys } from './compose-findings.ts';
import type { ComposeContext } from './compose-model.ts';
import { readMap, readPairs, readText } from './read-value.ts';
import { addOwnName, readOutside, toTexts } from './to-network-declarations.ts';

const VOLUME_KEYS = ['name', 'driver', 'driver_opts', 'external', 'labels'];

/** `volumes` at the top of the file: each is one volume of the application, whichever services mount it. */
export function toVolumeDeclarations({ model, findings, folderVolumes }: ComposeContext): readonly SourceEntry[] {
  const declared = [...model.volumes.values()].flatMap((entry) => {
    const map = readMap(findings, entry);
    const outside = map === undefined ? null : readOutside(entry, map, findings);
    if (outside !== null) return outside;
    return [entryAt(entry.range, entry.key, mapAt(entry.value.range, map === undefined ? [] : toVolume(map, findings)))];
  });
  const { range } = model.volumes.values().next().value ?? model.source;
  const folders = [...folderVolumes.values()].map((name) => entryAt(range, name, mapAt(range, [])));
  const all = [...declared, ...folders];
  return all.length === 0 ? [] : [entryAt(range, 'docker.volumes', mapAt(range, all))];
}

function toVolume(map: SourceMap, findings: Findings): readonly SourceEntry[] {
  checkKeys(findings, map, VOLUME_KEYS);
  addOwnName(map, 'volume', findings);
  const driver = map.entries.get('driver');
  const driverText = driver === undefined ? undefined : readText(findings, driver);
  if (driver !== undefined && driverText !== undefined && driverText !== 'local' && driverText !== 'default') {
    addUnsupported(findings, driver, `a volume is kept by its host, not by ${quoteText(driverText)}`, 'Leave “driver” away.');
  }
  const options = map.entries.get('driver_opts');
  if (options !== undefined && mountsHostFolder(options, findings)) {
    addDangerous(findings, options, 'driver_opts', 'these options mount a folder of the host');
    return [];
  }
  return [...toTexts(options, 'options', findings), ...toTexts(map.entries.get('labels'), 'labels', findings)];
}

function mountsHostFolder(options: SourceEntry, findings: Findings): boolean {
  const values = new Map(readPairs(findings, options).map(({ key, value }) => [key, value ?? '']));
  const flags = (values.get('o') ?? '').split(',').map((flag) => flag.trim());
  const fromNetwork = /^(?:nfs4?|cifs|tmpfs)$/.test(values.get('type') ?? '');
  return flags.some((flag) => flag === 'bind' || flag === 'rbind') || ((values.get('device') ?? '').startsWith('/') && !fromNetwork);
}
