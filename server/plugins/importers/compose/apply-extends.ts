import { quoteText } from '../../../domain/blueprint/findings.ts';
import { didYouMean } from '../../../domain/blueprint/nearest-name.ts';
import { mapAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, textOf } from '../../../domain/blueprint/source-node.ts';
import { addValue, checkKeys, placeOf } from '../../../domain/compose/compose-findings.ts';
import { readReferredFile } from '../../../domain/compose/read-referred-file.ts';
import { readFlag, readMap } from '../../../domain/compose/read-value.ts';
import { mergeMaps } from './merge-nodes.ts';
import { folderOf } from './project-files.ts';
import type { ProjectReader } from './project-reader.ts';
import { readFileTree } from './read-file-tree.ts';

/** A service may extend one that extends another, so far. */
const LONGEST_CHAIN = 32;

/** The file with each service that extends another completed by it. */
export function applyExtends(tree: SourceMap, file: string | undefined, reader: ProjectReader): SourceMap {
  const services = tree.entries.get('services');
  if (services?.value.kind !== 'map') return tree;
  const done = [...services.value.entries.values()].map((entry) => complete(entry, { tree, file, chain: [] }, reader));
  const entries = new Map(tree.entries);
  entries.set('services', { ...services, value: mapAt(services.value.range, done) });
  return { ...tree, entries };
}

interface Place {
  readonly tree: SourceMap;
  readonly file: string | undefined;
  /** Services on the way here, each with its file. */
  readonly chain: readonly string[];
}

function complete(entry: SourceEntry, place: Place, reader: ProjectReader): SourceEntry {
  const given = entry.value.kind === 'map' ? entry.value.entries.get('extends') : undefined;
  if (entry.value.kind !== 'map' || given === undefined) return entry;
  const own = mapAt(
    entry.value.range,
    [...entry.value.entries.values()].filter(({ key }) => key !== 'extends'),
  );
  const name = `${place.file ?? ''}#${entry.key}`;
  const known = reader.extended.get(name);
  if (known !== undefined) return { ...entry, value: known };
  const base = findBase(given, { ...place, chain: [...place.chain, name] }, reader);
  if (base === null) return { ...entry, value: own };
  checkRestriction(base, own, reader);
  const merged = reader.spend(mergeMaps(base, own, ['services', entry.key]));
  reader.extended.set(name, merged);
  return { ...entry, value: merged };
}

function findBase(given: SourceEntry, place: Place, reader: ProjectReader): SourceMap | null {
  const { findings } = reader;
  const map = given.value.kind === 'map' ? given.value : null;
  if (map !== null) checkKeys(findings, map, ['service', 'file']);
  const service = map === null ? given.value : map.entries.get('service')?.value;
  const name = textOf(service);
  if (service === undefined || name === null) {
    addValue(findings, given.value, '“extends” needs the name of a service, or a map with “service” and perhaps “file”.');
    return null;
  }
  const file = map?.entries.get('file');
  const where = file === undefined ? place : openFile(file, place, reader);
  if (where === null) return null;
  const services = where.tree.entries.get('services')?.value;
  const base = services?.kind === 'map' ? services.entries.get(name) : undefined;
  if (base?.value.kind !== 'map') {
    const among = where.file === undefined ? 'this file' : quoteText(where.file);
    const hint = services?.kind === 'map' ? didYouMean(name, services.entries.keys()) : undefined;
    findings.add('compose-reference', { ...placeOf(service), message: `There is no service ${quoteText(name)} in ${among}.`, hint });
    return null;
  }
  const key = `${where.file ?? ''}#${name}`;
  if (place.chain.includes(key) || place.chain.length >= LONGEST_CHAIN) {
    const names = [...place.chain, key].map((item) => item.slice(item.indexOf('#') + 1));
    const circle = place.chain.includes(key)
      ? `extend each other in a circle: ${names.join(' → ')}`
      : `extend each other more than ${LONGEST_CHAIN} times`;
    findings.add('compose-circle', { ...placeOf(service), message: `Services ${circle}.` });
    return null;
  }
  const completed = complete(base, where, reader).value;
  return completed.kind === 'map' ? completed : null;
}

function openFile(file: SourceEntry, place: Place, reader: ProjectReader): Place | null {
  const read = readReferredFile(file.value, {}, reader);
  if (read === undefined) return null;
  const known = reader.extendedFiles.get(read.path);
  if (known !== undefined) return { ...place, tree: known, file: read.path };
  reader.files.setFolder(read.path, folderOf(read.path));
  const tree = readFileTree(read.content, read.path, reader);
  if (tree === null) return null;
  reader.extendedFiles.set(read.path, tree);
  return { ...place, tree, file: read.path };
}

/** The specification’s own exception: a check that the base has cannot be taken away. */
function checkRestriction(base: SourceMap, own: SourceMap, { findings }: ProjectReader): void {
  const disable = (map: SourceMap) => {
    const check = map.entries.get('healthcheck')?.value;
    return check?.kind === 'map' ? check.entries.get('disable') : undefined;
  };
  const given = disable(own);
  const below = base.entries.get('healthcheck');
  if (given === undefined || below === undefined || readMap(findings, below) === undefined || !readFlag(findings, given)) return;
  if (readFlag(findings, disable(base))) return;
  const message = 'A service cannot disable the health check of the service that it extends.';
  findings.add('compose-conflict', { ...placeOf(given), message, hint: 'Write “test: [NONE]”.' });
}
