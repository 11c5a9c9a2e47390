import type { CatalogItem } from '../../catalog/catalog.ts';
import { splitCatalogReference } from '../../catalog/create-catalog.ts';
import type { ConfigMap, ConfigValue } from '../config-value.ts';
import { joinPath, quoteText, type TextRange } from '../findings.ts';
import { isTooNested, itemKey, itemNode, noteUse } from '../item-source.ts';
import type { PlacedItem, PlanState } from '../plan-state.ts';
import { mapOf } from '../read-service-text.ts';
import { type SourceMap, textOf } from '../source-node.ts';
import { toConfigValue } from '../to-config-value.ts';

/** What a location is written as: a text, and options beside it. */
export interface WrittenLocation {
  readonly text: string;
  readonly options: ConfigMap;
}

interface Use {
  readonly range: TextRange;
  readonly path: string;
  /** Path of the entity. */
  readonly owner: string;
}

/** A location with the items of the catalog that it names opened; its own options win. Null, with a finding, where an item says none. */
export function openLocation(written: WrittenLocation, use: Use, state: PlanState): WrittenLocation | null {
  const open: string[] = [];
  let { text, options } = written;
  for (let item = locationItem(text, state); item !== undefined; item = locationItem(text, state)) {
    const key = itemKey(item);
    if (open.includes(key)) {
      const around = [...open.slice(open.indexOf(key)), key].join(' → ');
      state.findings.add('catalog-cycle', {
        range: use.range,
        path: use.path,
        message: `This catalog item is of its own type: ${around}.`,
      });
      return null;
    }
    if (isTooNested(item, use, open, state)) return null;
    open.push(key);
    noteUse(item, use, state);
    const inner = readItem(itemNode(item, state), use.owner, state);
    if (inner === null) {
      const message = `The text of ${quoteText(key)} says no type.`;
      state.findings.add('catalog-not-entity', { range: use.range, path: use.path, message });
      return null;
    }
    text = inner.text;
    options = { ...inner.options, ...options };
  }
  return { text, options };
}

function locationItem(text: string, state: PlanState): CatalogItem | undefined {
  const { symbolicName, version } = splitCatalogReference(text.trim().replace(/^catalog:/, ''));
  const item = state.library.catalog.find(symbolicName, version);
  return item?.itemType === 'location' ? item : undefined;
}

const CONFIG_KEYS: readonly string[] = ['brooklyn.config', 'brooklyn.flags'];
const TYPE_KEYS: readonly string[] = ['type', 'locationType', 'location_type'];
const LABEL_KEYS: readonly string[] = ['id', 'name', 'displayName', ...TYPE_KEYS];
const LISTS: readonly string[] = ['brooklyn.locations', 'locations'];

function readItem(source: PlacedItem | null, owner: string, state: PlanState): WrittenLocation | null {
  if (source === null) return null;
  const { node, path } = source;
  if (node.kind === 'scalar') return withText(textOf(node), {});
  if (node.kind === 'list') return null;
  const [entry, other] = node.entries.values();
  const [only, second] = entry?.value.kind === 'list' ? entry.value.items : [];
  if (entry !== undefined && other === undefined && LISTS.includes(entry.key) && only !== undefined && second === undefined) {
    return readItem({ node: only, path: joinPath(joinPath(path, entry.key), 0) }, owner, state);
  }
  const type = TYPE_KEYS.map((key) => node.entries.get(key)).find((found) => found !== undefined);
  return withText(textOf(type?.value), optionsOf(node, { path, owner }, state));
}

function withText(text: string | null, options: ConfigMap): WrittenLocation | null {
  return text === null || text.trim() === '' ? null : { text, options };
}

function optionsOf(map: SourceMap, { path, owner }: { readonly path: string; readonly owner: string }, state: PlanState): ConfigMap {
  const options: Record<string, ConfigValue> = {};
  const add = (key: string, value: ConfigValue): void => {
    options[key] = value;
  };
  for (const entry of map.entries.values()) {
    const below = joinPath(path, entry.key);
    if (CONFIG_KEYS.includes(entry.key)) {
      for (const item of mapOf(entry, below, state.findings)?.entries.values() ?? []) {
        add(item.key, toConfigValue(item.value, { owner, key: 'location', path: joinPath(below, item.key) }, state));
      }
    } else if (!LABEL_KEYS.includes(entry.key)) add(entry.key, toConfigValue(entry.value, { owner, key: 'location', path: below }, state));
  }
  return options;
}
