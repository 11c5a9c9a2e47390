import type { TypeDetails } from '@/server/api/catalog/type.ts';
import { SECRET_WORDS } from '@/server/domain/blueprint/secret-words.ts';
import { PLAN_KEYS, SERVICE_KEYS } from '@/server/domain/blueprint/service-keys.ts';
import type { GraphField, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { type EditValue, isList } from '@/server/domain/blueprint-edit/written-node.ts';
import { formatPath } from '@/server/domain/blueprint-edit/yaml-path.ts';
import { isJsonObject, type Json, type JsonObject } from '@/server/domain/shared/json.ts';
import { toText } from '../ui/schema-fields.ts';

/** How a config key is edited. */
export type FieldKind = 'text' | 'boolean' | 'choice' | 'list' | 'map' | 'yaml';

/** One config key of a node, written or not. */
export interface InspectorField {
  /** As the blueprint writes it. */
  readonly key: string;
  readonly title: string;
  readonly help: string;
  readonly kind: FieldKind;
  /** What the schema takes. */
  readonly takes: readonly string[];
  readonly choices: readonly string[];
  /** Default as text. */
  readonly fallback: string;
  readonly required: boolean;
  readonly isSecret: boolean;
  /** Undefined when the blueprint does not say it. */
  readonly value: EditValue | undefined;
  /** Where it stands or would stand, as findings name it. */
  readonly places: readonly string[];
}

export interface InspectorFields {
  /** What the blueprint says. */
  readonly written: readonly InspectorField[];
  /** What the type takes besides, what is asked for most first. */
  readonly more: readonly InspectorField[];
  /** Written, and unknown to the type: shown and kept. */
  readonly unknown: readonly InspectorField[];
}

/** Shown at once, also while nothing is written. */
const USUAL: readonly string[] = [
  'docker.image.name',
  'cluster.initial.size',
  'cluster.max.size',
  'loadBalancer.target',
  'proxy.http.port',
  'database',
  'user',
  'password',
  'network.id',
  'network.cidr',
  'docker.container.openPorts',
  'docker.container.environment',
  'docker.container.files',
  'docker.container.volumes',
  'docker.memory',
  'docker.cpus',
];

export function isUsual({ key, required }: InspectorField): boolean {
  return required || USUAL.includes(key);
}

/** Keys of a node that are told elsewhere than among its config. */
const HEAD_KEYS: ReadonlySet<string> = new Set([
  'id',
  'name',
  'type',
  'serviceType',
  'service_type',
  'location',
  'locations',
  'network.list',
]);

const IMAGE_KEYS: ReadonlySet<string> = new Set(['docker.image.name', 'docker.image.tag']);

export function inspectorFields(node: GraphNode, details: TypeDetails | undefined): InspectorFields {
  const schema = propertiesOf(details?.configSchema);
  const required = requiredIn(details?.configSchema);
  const canonical = (key: string) => details?.flags[key] ?? key;
  const written = node.fields.filter(({ key }) => !HEAD_KEYS.has(key) && !isTypeKey(key));
  const toField = (key: string, field: GraphField | undefined): InspectorField => {
    const name = canonical(key);
    const property = schema[name];
    const kind = kindFor(property === undefined ? kindOfValue(field?.value) : kindOf(property), field?.value);
    return {
      key,
      title: typeof property?.title === 'string' ? property.title : key,
      help: typeof property?.description === 'string' ? property.description : '',
      kind,
      takes: property === undefined ? [] : typesOf(property),
      choices: choicesOf(property),
      fallback: toText(property?.default),
      required: required.includes(name) && property?.default === undefined,
      isSecret: details?.secretKeys.includes(name) === true || (SECRET_WORDS.test(name) && kind === 'text'),
      value: field?.value,
      places: field
        ? [formatPath(field.path)]
        : [
            [...node.path, 'brooklyn.config', key],
            [...node.path, key],
          ].map(formatPath),
    };
  };
  const known = written.filter(({ key }) => Object.hasOwn(schema, canonical(key)));
  const said = new Set(known.map(({ key }) => canonical(key)));
  // `docker:IMAGE` says the image already.
  const isImage = node.type?.startsWith('docker:') === true;
  const rest = Object.keys(schema).filter((key) => !said.has(key) && !HEAD_KEYS.has(key) && !(isImage && IMAGE_KEYS.has(key)));
  const rank = (key: string) => (required.includes(key) ? -1 : USUAL.includes(key) ? USUAL.indexOf(key) : USUAL.length);
  return {
    written: known.map((field) => toField(field.key, field)),
    more: rest.map((key) => toField(key, undefined)).toSorted((a, b) => rank(a.key) - rank(b.key)),
    unknown: written.filter((field) => !known.includes(field)).map((field) => toField(field.key, field)),
  };
}

/** What was typed as a value; undefined for nothing, which takes the key away. */
export function parseScalar(text: string, takes: readonly string[]): EditValue | undefined {
  if (text === '') return undefined;
  if (text.startsWith('$brooklyn:')) return text;
  const free = takes.length === 0;
  if ((free || takes.includes('boolean')) && (text === 'true' || text === 'false')) return text === 'true';
  // `2.10` stays a text: as a number it would be another one.
  const isNumber = String(Number(text)) === text && Number.isFinite(Number(text));
  if (isNumber && (free || takes.includes('number') || takes.includes('integer'))) return Number(text);
  return text;
}

export function parseList(text: string): readonly EditValue[] | undefined {
  const items = text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? undefined : items.flatMap((item) => parseScalar(item, ['string', 'number']) ?? []);
}

export function scalarText(value: EditValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  return isList(value) ? value.map(scalarText).join(', ') : JSON.stringify(value);
}

/** The schema's kind, unless what is written is something else. */
function kindFor(kind: FieldKind, value: EditValue | undefined): FieldKind {
  if (value === undefined || value === null) return kind;
  if (typeof value === 'boolean' && kind === 'boolean') return kind;
  if (typeof value !== 'object') return kind === 'list' || kind === 'choice' ? kind : 'text';
  if (isList(value)) return value.every((item) => typeof item !== 'object') ? 'list' : 'yaml';
  return kind !== 'yaml' && isPlainMap(value) ? 'map' : 'yaml';
}

/** Of names and values, and no expression. */
function isPlainMap(value: { readonly [key: string]: EditValue }): boolean {
  return Object.entries(value).every(([key, item]) => !key.startsWith('$') && (item === null || typeof item !== 'object'));
}

function kindOfValue(value: EditValue | undefined): FieldKind {
  if (value === undefined || value === null || typeof value !== 'object') return typeof value === 'boolean' ? 'boolean' : 'text';
  return isList(value) ? 'list' : 'map';
}

function kindOf(property: JsonObject): FieldKind {
  if (choicesOf(property).length > 0) return 'choice';
  const options = optionsOf(property);
  const types = typesOf(property);
  if (types.length > 0 && types.every((type) => type === 'boolean' || type === 'string') && types.includes('boolean')) return 'boolean';
  if (options.some(isScalarList) && !options.some(isObject)) return 'list';
  if (options.every((option) => isObject(option) && isJsonObject(option.additionalProperties))) return 'map';
  return options.every((option) => isObject(option) || option.type === 'array') ? 'yaml' : 'text';
}

function isScalarList({ type, items }: JsonObject): boolean {
  return type === 'array' && isJsonObject(items) && optionsOf(items).some((item) => !isObject(item) && item.type !== 'array');
}

function isObject({ type }: JsonObject): boolean {
  return type === 'object';
}

function optionsOf(property: JsonObject): readonly JsonObject[] {
  const options = Array.isArray(property.anyOf) ? property.anyOf : Array.isArray(property.oneOf) ? property.oneOf : [property];
  return options.filter(isJsonObject);
}

function typesOf(property: JsonObject): readonly string[] {
  return optionsOf(property)
    .flatMap(({ type }) => (Array.isArray(type) ? type : [type]))
    .filter((type) => typeof type === 'string');
}

function choicesOf(property: JsonObject | undefined): readonly string[] {
  return Array.isArray(property?.enum) ? property.enum.filter((choice) => typeof choice === 'string' && choice !== '').map(String) : [];
}

function propertiesOf(schema: JsonObject | undefined): Readonly<Record<string, JsonObject>> {
  const properties: Json | undefined = schema?.properties;
  if (!isJsonObject(properties)) return {};
  return Object.fromEntries(Object.entries(properties).flatMap(([key, property]) => (isJsonObject(property) ? [[key, property]] : [])));
}

function requiredIn(schema: JsonObject | undefined): readonly string[] {
  return Array.isArray(schema?.required) ? schema.required.filter((key) => typeof key === 'string') : [];
}

function isTypeKey(key: string): boolean {
  return /^(?:policy|enricher|initializer)_?[tT]ype$/.test(key);
}

/** Keys that are no config, whatever the type: structure that is edited as YAML. */
export function isStructure(key: string): boolean {
  return SERVICE_KEYS.includes(key) || PLAN_KEYS.includes(key);
}
