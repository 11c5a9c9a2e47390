import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { evaluate } from './evaluate.ts';
import type { Model } from './model.ts';
import { addNotSupported, entriesOf } from './read-values.ts';
import { type Instances, toInstances } from './scaling.ts';
import type { PolicyTemplate } from './topology.ts';

const AUTO_SCALER = 'org.apache.brooklyn.policy.autoscaling.AutoScalerPolicy';

/** Names that profiles and tools give to the sizes of a scaling policy. */
const SIZES = {
  least: ['min_instances', 'minPoolSize', 'min', 'min_size'],
  most: ['max_instances', 'maxPoolSize', 'max', 'max_size'],
  initial: ['default_instances', 'initial', 'desired', 'target_instances'],
} as const;

const METRIC_KEYS = ['metric', 'metricLowerBound', 'metricUpperBound', 'resizeUpStabilizationDelay', 'resizeDownStabilizationDelay'];
const IGNORED_KEYS = ['increment', 'cooldown'];

export interface ScalingPolicy {
  readonly instances: Instances | null;
  /** `brooklyn.policies` of the cluster, where a metric decides. */
  readonly policy: SourceEntry | null;
}

/** Sizes of the cluster that the targets become; with a metric and its bounds also an auto-scaler. */
export function scalingOf(policy: PolicyTemplate, model: Model): ScalingPolicy {
  const { findings } = model.template;
  const properties = policyProperties(policy, model);
  const size = (names: readonly string[]) => names.map((name) => properties.get(name)?.value).find((value) => value !== undefined);
  const sizes = { least: size(SIZES.least), initial: size(SIZES.initial), most: size(SIZES.most) };
  const given = toInstances({ ...sizes, initial: sizes.initial ?? sizes.least ?? scalarAt(policy.range, 1) }, policy.range, model);
  const named = [...properties.values()].filter(({ key }) => METRIC_KEYS.includes(key));
  const metric = [...named, ...triggerBounds(policy, model)];
  const known: readonly string[] = [...SIZES.least, ...SIZES.most, ...SIZES.initial, ...METRIC_KEYS, ...IGNORED_KEYS];
  for (const entry of properties.values()) {
    if (!known.includes(entry.key)) addNotSupported(entry, `${quoteText(entry.key)} of a scaling policy has no effect`, findings);
  }
  if (!metric.some(({ key }) => key === 'metric')) return { instances: given, policy: null };
  const { range } = policy;
  const pool = (key: string, value: SourceNode | undefined) => (value === undefined ? [] : [entryAt(value.range, key, value)]);
  const config = [...metric, ...pool('minPoolSize', sizes.least), ...pool('maxPoolSize', sizes.most)];
  const scaler = mapAt(range, [
    entryAt(range, 'type', scalarAt(range, AUTO_SCALER)),
    entryAt(range, 'brooklyn.config', mapAt(range, config)),
  ]);
  return { instances: given, policy: entryAt(range, 'brooklyn.policies', listAt(range, [scaler])) };
}

const UPPER = /^(?:gt|ge|greater_than|greater_or_equal)$/;
const LOWER = /^(?:lt|le|less_than|less_or_equal)$/;

/** Triggers that compare one metric with a threshold are the bounds of an auto-scaler. */
function triggerBounds({ value }: PolicyTemplate, { template: { findings } }: Model): readonly SourceEntry[] {
  if (value.kind !== 'map') return [];
  const metrics = new Map<string, SourceEntry>();
  const bounds: SourceEntry[] = [];
  for (const trigger of entriesOf(value.entries.get('triggers'), findings)) {
    const map = trigger.value.kind === 'map' ? trigger.value : null;
    const metric = map?.entries.get('meter_name') ?? map?.entries.get('metric');
    const condition = map?.entries.get('condition')?.value;
    const threshold = condition?.kind === 'map' ? condition.entries.get('threshold') : undefined;
    const operator = condition?.kind === 'map' ? (textOf(condition.entries.get('comparison_operator')?.value) ?? '') : '';
    const bound = UPPER.test(operator) ? 'metricUpperBound' : LOWER.test(operator) ? 'metricLowerBound' : null;
    const name = textOf(metric?.value);
    if (metric === undefined || name === null || threshold === undefined || bound === null || (metrics.size > 0 && !metrics.has(name))) {
      const hint = 'Read are “metric” and “condition” with “threshold” and “comparison_operator” (gt or lt), of one metric.';
      addNotSupported(trigger, `The trigger ${quoteText(trigger.key)} has no effect`, findings, hint);
      continue;
    }
    metrics.set(name, entryAt(metric.range, 'metric', metric.value));
    bounds.push(entryAt(threshold.range, bound, threshold.value));
  }
  return [...metrics.values(), ...bounds];
}

const LOCATION_KEYS = ['location', 'locations', 'region', 'zone', 'containers'];

/** Where a placement policy says that its targets go; what else it says has a finding. */
export function placementLocation(policy: PolicyTemplate, model: Model): SourceNode | null {
  const { findings } = model.template;
  const properties = policyProperties(policy, model);
  const found = LOCATION_KEYS.map((key) => properties.get(key)).find((entry) => entry !== undefined);
  const known: readonly string[] = [...LOCATION_KEYS, 'container_type', 'region_type'];
  for (const entry of properties.values()) {
    if (!known.includes(entry.key)) addNotSupported(entry, `${quoteText(entry.key)} of a placement policy has no effect`, findings);
  }
  const triggers = policy.value.kind === 'map' ? policy.value.entries.get('triggers') : undefined;
  if (triggers !== undefined) addNotSupported(triggers, 'Triggers of a placement policy have no effect', findings);
  if (found !== undefined)
    return found.value.kind === 'list' && found.value.items.length === 1 ? (found.value.items[0] ?? null) : found.value;
  const hint = 'Give it a property “location”, or choose the cloud when deploying.';
  if (triggers === undefined && properties.size === 0)
    addNotSupported(policy, 'A placement policy without a location has no effect', findings, hint);
  return null;
}

function policyProperties({ value }: PolicyTemplate, model: Model): ReadonlyMap<string, SourceEntry> {
  const properties: SourceMap['entries'] = value.kind === 'map' ? mapOf(value) : new Map();
  return new Map(
    [...properties.values()].flatMap((entry) => {
      const known = evaluate(entry.value, { self: null, link: null, holder: null }, model);
      return known === null ? [] : [[entry.key, { ...entry, value: known }] as const];
    }),
  );
}

function mapOf(map: SourceMap): SourceMap['entries'] {
  const properties = map.entries.get('properties')?.value;
  return properties?.kind === 'map' ? properties.entries : new Map();
}
