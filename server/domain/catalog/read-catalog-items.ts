import { type Findings, joinPath, quoteText, type TextRange } from '../blueprint/findings.ts';
import { mapAt } from '../blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../blueprint/source-node.ts';
import type { CatalogItem, CatalogItemType } from './catalog.ts';
import { isCatalogVersion, isSameVersion } from './catalog-version.ts';
import { nodeText } from './node-text.ts';

/** An item as the text has it: what goes into the catalog, and its values with their places. */
export interface ReadCatalogItem {
  readonly item: CatalogItem;
  readonly node: SourceNode;
  readonly path: string;
  /** Of the id, for findings about the item as a whole. */
  readonly range: TextRange;
  /** The text says what kind of item it is. */
  readonly isTyped: boolean;
}

/** What nested items take over from the catalog around them. */
interface Inherited {
  readonly version: string;
  readonly itemType: CatalogItemType | null;
  readonly iconUrl: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly disabled: boolean;
}

interface Reading {
  readonly text: string;
  readonly findings: Findings;
  readonly bundle: CatalogItem['bundle'];
  readonly items: ReadCatalogItem[];
}

const DEFAULT_VERSION = '0.0.0-SNAPSHOT';
const NOTHING_INHERITED: Inherited = {
  version: DEFAULT_VERSION,
  itemType: null,
  iconUrl: null,
  description: null,
  tags: [],
  deprecated: false,
  disabled: false,
};

/** True where the top keys say that this is a catalog, not a blueprint. */
export function isCatalogSource(source: SourceMap): boolean {
  return source.entries.has('brooklyn.catalog');
}

/**
 * The items of `brooklyn.catalog`: one `item`, a list of `items` (which take over what the catalog around them says, at every
 * level), or, in the form of old files, the services that stand beside it. What an item itself holds is not looked into here.
 */
export function readCatalogItems(source: SourceMap, text: string, findings: Findings): readonly ReadCatalogItem[] {
  const entry = source.entries.get('brooklyn.catalog');
  if (entry === undefined) return [];
  if (entry.value.kind !== 'map') {
    findings.add('value-kind', {
      range: entry.value.range,
      path: 'brooklyn.catalog',
      message: '“brooklyn.catalog” needs a map with “items”.',
    });
    return [];
  }
  const catalog = entry.value;
  const name = bundleName(catalog) ?? textOf(catalog.entries.get('id')?.value) ?? 'catalog';
  const version = textOf(catalog.entries.get('version')?.value) ?? DEFAULT_VERSION;
  const reading: Reading = { text, findings, bundle: { symbolicName: name, version }, items: [] };
  const beside = besides(source);
  readLevel(catalog, { path: 'brooklyn.catalog', inherited: NOTHING_INHERITED, beside, range: entry.range }, reading);
  return reading.items;
}

function bundleName(catalog: SourceMap): string | null {
  const bundle = catalog.entries.get('bundle')?.value;
  return bundle?.kind === 'map' ? textOf(bundle.entries.get('name')?.value) : textOf(bundle);
}

/** What stands beside `brooklyn.catalog` in old files, as the item that it is. */
function besides(source: SourceMap): SourceMap | null {
  if (!source.entries.has('services') && !source.entries.has('type') && !source.entries.has('brooklyn.policies')) return null;
  const entries = [...source.entries.values()].filter(({ key }) => key !== 'brooklyn.catalog');
  const range = { start: entries[0]?.range.start ?? source.range.start, end: entries.at(-1)?.value.range.end ?? source.range.end };
  return mapAt(range, entries);
}

interface Level {
  readonly path: string;
  readonly inherited: Inherited;
  /** The item of an old file. */
  readonly beside: SourceMap | null;
  readonly range: TextRange;
}

function readLevel(map: SourceMap, { path, inherited, beside, range }: Level, reading: Reading): void {
  const own = inherit(map, path, inherited, reading);
  warnUnsupported(map, path, reading);
  const item = map.entries.get('item');
  const items = map.entries.get('items');
  if (items !== undefined) readItems(items, joinPath(path, 'items'), own, reading);
  const node = item?.value ?? beside ?? ownServices(map);
  if (node !== null && node !== undefined) {
    addItem(map, { node, path: item === undefined ? '' : joinPath(path, 'item'), levelPath: path, range }, own, reading);
  } else if (items === undefined && !map.entries.has('scanJavaAnnotations') && !map.entries.has('include')) {
    const message = 'There is no “item” or “items” here.';
    reading.findings.add('catalog-item-missing', { range, path, message, hint: 'Add “item:” with a “type” or “services”.' });
  }
}

/** Services that stand in the item itself, where “item:” was left out. */
function ownServices({ entries }: SourceMap): SourceMap | null {
  const services = entries.get('services');
  return services === undefined ? null : mapAt({ start: services.range.start, end: services.value.range.end }, [services]);
}

function readItems(entry: SourceEntry, path: string, inherited: Inherited, reading: Reading): void {
  if (entry.value.kind !== 'list') {
    // Brooklyn also takes one text here: the address of a further file.
    const isAddress = entry.value.kind === 'scalar';
    reading.findings.add(isAddress ? 'catalog-key-unsupported' : 'value-kind', {
      range: entry.value.range,
      path,
      message: isAddress ? 'Items in another file are not read.' : '“items” needs a list.',
      hint: isAddress ? 'Add that file to the catalog by itself.' : 'Begin each item with “- ”.',
    });
    return;
  }
  for (const [index, node] of entry.value.items.entries()) {
    const itemPath = joinPath(path, index);
    if (node.kind === 'map') readLevel(node, { path: itemPath, inherited, beside: null, range: firstRange(node) }, reading);
    else
      reading.findings.add(node.kind === 'scalar' ? 'catalog-key-unsupported' : 'value-kind', {
        range: node.range,
        path: itemPath,
        message:
          node.kind === 'scalar' ? `The items of ${quoteText(textOf(node) ?? '')} are not read.` : 'An item is a map with “id” and “item”.',
        hint: node.kind === 'scalar' ? 'Add that file to the catalog by itself.' : undefined,
      });
  }
}

function addItem(
  map: SourceMap,
  at: { readonly node: SourceNode; readonly path: string; readonly levelPath: string; readonly range: TextRange },
  own: Inherited,
  reading: Reading,
): void {
  const { node } = at;
  if (node.kind === 'scalar' && node.value === null) {
    reading.findings.add('catalog-item-missing', { range: at.range, path: at.levelPath, message: 'The item is empty.' });
    return;
  }
  const inner = node.kind === 'map' ? node : null;
  const idEntry = map.entries.get('id') ?? map.entries.get('symbolicName') ?? inner?.entries.get('id');
  const symbolicName = textOf(idEntry?.value)?.trim() ?? '';
  if (idEntry === undefined || symbolicName === '') {
    const hint = 'Add “id:”, the name by which blueprints call it.';
    reading.findings.add('catalog-id-missing', { range: at.range, path: at.levelPath, message: 'This item has no id.', hint });
    return;
  }
  const place = { range: idEntry.value.range, path: joinPath(at.levelPath, idEntry.key) };
  if (!/^[\w][\w./-]{0,199}$/.test(symbolicName)) {
    const message = `${quoteText(symbolicName)} cannot be the id of a catalog item.`;
    reading.findings.add('catalog-id-invalid', { ...place, message, hint: 'Use letters, digits, “.”, “_”, “-” and “/”; at most 200.' });
    return;
  }
  if (reading.items.some(({ item }) => item.symbolicName === symbolicName && isSameVersion(item.version, own.version))) {
    const message = `${quoteText(symbolicName)} ${own.version} is given twice in this catalog.`;
    reading.findings.add('catalog-item-twice', { ...place, message, hint: 'Rename one or give it another version.' });
    return;
  }
  const name = textOf((map.entries.get('name') ?? map.entries.get('displayName') ?? inner?.entries.get('name'))?.value);
  const item: CatalogItem = {
    symbolicName,
    name: name ?? symbolicName,
    ...own,
    itemType: own.itemType ?? inferType(node),
    bundle: reading.bundle,
    text: nodeText(node, reading.text),
  };
  reading.items.push({ item, node, path: at.path, range: place.range, isTyped: own.itemType !== null });
}

/** Policies, enrichers and locations say what they are, or their type does; that is found when the type is looked up. */
function inferType(node: SourceNode): CatalogItemType {
  return node.kind === 'map' && node.entries.has('services') ? 'application' : 'entity';
}

function inherit(map: SourceMap, path: string, inherited: Inherited, { findings }: Reading): Inherited {
  const text = (...keys: readonly string[]) => {
    const entry = keys.map((key) => map.entries.get(key)).find((found) => found !== undefined);
    return textOf(entry?.value);
  };
  const tags = map.entries.get('tags')?.value;
  return {
    version: readVersion(map, path, findings) ?? inherited.version,
    itemType: readItemType(map, path, findings) ?? inherited.itemType,
    iconUrl: text('iconUrl', 'icon_url', 'icon.url') ?? inherited.iconUrl,
    description: text('description') ?? inherited.description,
    tags: tags?.kind === 'list' ? [...inherited.tags, ...tags.items.flatMap((tag) => textOf(tag) ?? [])] : inherited.tags,
    deprecated: flag(map, 'deprecated') ?? inherited.deprecated,
    disabled: flag(map, 'disabled') ?? inherited.disabled,
  };
}

function flag(map: SourceMap, key: string): boolean | null {
  const node = map.entries.get(key)?.value;
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : null;
}

function readVersion(map: SourceMap, path: string, findings: Findings): string | null {
  const entry = map.entries.get('version');
  const version = textOf(entry?.value);
  if (entry === undefined || version === null) return null;
  if (isCatalogVersion(version)) return version;
  const message = `${quoteText(version)} is not a version.`;
  const hint = 'Write one such as 1.2.0 or 1.2.0-SNAPSHOT.';
  findings.add('catalog-version-invalid', { range: entry.value.range, path: joinPath(path, 'version'), message, hint });
  return null;
}

const ITEM_TYPES: ReadonlyMap<string, CatalogItemType> = new Map([
  ['application', 'application'],
  ['template', 'template'],
  ['entity', 'entity'],
  ['policy', 'policy'],
  ['enricher', 'enricher'],
  ['location', 'location'],
  ['bean', 'bean'],
]);

function readItemType(map: SourceMap, path: string, findings: Findings): CatalogItemType | null {
  const entry = map.entries.get('itemType') ?? map.entries.get('item_type');
  const written = textOf(entry?.value);
  if (entry === undefined || written === null) return null;
  const known = ITEM_TYPES.get(written.toLowerCase());
  if (known !== undefined) return known;
  const message = `${quoteText(written)} is no kind of item.`;
  const hint = `Use one of ${[...ITEM_TYPES.keys()].join(', ')}.`;
  findings.add('config-invalid', { range: entry.value.range, path: joinPath(path, entry.key), message, hint });
  return null;
}

/** Keys by which Brooklyn loads Java. */
const UNSUPPORTED = ['brooklyn.libraries', 'libraries', 'scanJavaAnnotations', 'scan_java_annotations', 'include', 'javaType'];

function warnUnsupported(map: SourceMap, path: string, { findings }: Reading): void {
  for (const key of UNSUPPORTED) {
    const entry = map.entries.get(key);
    if (entry === undefined) continue;
    const message = `${quoteText(key)} has no effect here: Java classes, libraries and further files are not loaded.`;
    findings.add('catalog-key-unsupported', { range: entry.range, path: joinPath(path, key), message });
  }
}

function firstRange(map: SourceMap): TextRange {
  return [...map.entries.values()][0]?.range ?? map.range;
}
