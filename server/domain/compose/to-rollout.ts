import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceEntry, type SourceMap, textOf } from '../blueprint/source-node.ts';
import { addNoEffect, addNote, addUnsupported, addValue, checkKeys } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { readDuration, readInteger, readList, readMap, readText } from './read-value.ts';

const DEPLOY_KEYS = [
  'mode',
  'endpoint_mode',
  'replicas',
  'labels',
  'resources',
  'restart_policy',
  'placement',
  'update_config',
  'rollback_config',
];
const UPDATE_KEYS = ['parallelism', 'delay', 'failure_action', 'monitor', 'max_failure_ratio', 'order'];
const PLACEMENT_KEYS = ['constraints', 'preferences', 'max_replicas_per_node'];
const MOST_MEMBERS = 10_000;

export interface Deployment {
  /** Copies; null is one container that is not a cluster. */
  readonly replicas: SourceEntry | null;
  readonly copies: number;
  /** The key `update`. */
  readonly update: readonly SourceEntry[];
  readonly resources: SourceMap | undefined;
  readonly restartPolicy: SourceMap | undefined;
}

/** What `deploy` and `scale` say; the parts that have their own readers are handed on. */
export function readDeployment({ attributes, context: { findings } }: ComposeService): Deployment {
  const deploy = readMap(findings, attributes.get('deploy'));
  if (deploy !== undefined) checkDeploy(deploy, findings);
  const replicas = readReplicas(attributes.get('scale'), deploy?.entries.get('replicas'), findings);
  return {
    replicas: replicas?.entry ?? null,
    copies: replicas?.copies ?? 1,
    update: toUpdate(readMap(findings, deploy?.entries.get('update_config')), findings),
    resources: readMap(findings, deploy?.entries.get('resources')),
    restartPolicy: readMap(findings, deploy?.entries.get('restart_policy')),
  };
}

function readReplicas(
  scale: SourceEntry | undefined,
  replicas: SourceEntry | undefined,
  findings: Findings,
): { readonly entry: SourceEntry; readonly copies: number } | null {
  const entry = replicas ?? scale;
  if (entry === undefined || isNothing(entry.value)) return null;
  const copies = readInteger(findings, entry, { min: 0, max: MOST_MEMBERS });
  if (scale !== undefined && replicas !== undefined && textOf(scale.value) !== textOf(replicas.value)) {
    const message = `“scale” is ${quoteText(textOf(scale.value) ?? '')}, and “replicas” below “deploy” is ${quoteText(textOf(replicas.value) ?? '')}.`;
    findings.add('compose-conflict', { range: scale.range, path: scale.range.path ?? '', message, hint: 'Keep one.' });
  }
  if (copies === undefined) return null;
  return { entry: entryAt(entry.range, 'cluster.initial.size', scalarAt(entry.value.range, copies)), copies };
}

function checkDeploy(deploy: SourceMap, findings: Findings): void {
  checkKeys(findings, deploy, DEPLOY_KEYS);
  const { mode, endpoint_mode: endpoint, labels, rollback_config: rollback } = Object.fromEntries(deploy.entries);
  const modeText = mode === undefined ? 'replicated' : textOf(mode.value);
  if (mode !== undefined && modeText !== 'replicated') {
    const known = modeText === 'global' || modeText === 'global-job' || modeText === 'replicated-job';
    if (known) addUnsupported(findings, mode, 'there are as many copies as “replicas” says', 'Write “mode: replicated” and “replicas”.');
    else addValue(findings, mode.value, `“mode” is replicated or global, not ${quoteText(modeText ?? '')}.`);
  }
  const endpointText = endpoint === undefined ? undefined : readText(findings, endpoint);
  if (endpoint !== undefined && endpointText === 'vip')
    addNoEffect(findings, endpoint, 'the name of a service leads to its copies in turn');
  else if (endpoint !== undefined && endpointText !== undefined && endpointText !== 'dnsrr') {
    addValue(findings, endpoint.value, `“endpoint_mode” is vip or dnsrr, not ${quoteText(endpointText)}.`);
  }
  if (labels !== undefined)
    addNoEffect(
      findings,
      labels,
      'these are labels of a service, which Docker knows only in Swarm',
      'For containers write “labels” outside of “deploy”.',
    );
  if (rollback !== undefined) {
    const map = readMap(findings, rollback);
    if (map !== undefined) checkKeys(findings, map, UPDATE_KEYS);
    addNoEffect(findings, rollback, 'an update that fails is taken back as it was made');
  }
  checkPlacement(readMap(findings, deploy.entries.get('placement')), findings);
}

function checkPlacement(placement: SourceMap | undefined, findings: Findings): void {
  if (placement === undefined) return;
  checkKeys(findings, placement, PLACEMENT_KEYS);
  const constraints = placement.entries.get('constraints');
  for (const node of readList(findings, constraints)) {
    const text = textOf(node)?.replace(/\s/g, '') ?? '';
    const entry = { key: textOf(node) ?? 'constraint', range: node.range, value: node };
    if (/^node\.(?:role[=!]=(?:manager|worker)|platform\.os==linux)$/.test(text)) addNote(findings, entry, 'is true of every host');
    else
      addUnsupported(
        findings,
        entry,
        'hosts are chosen by the strategies of their cloud',
        'Name a cloud that has only such hosts when deploying.',
      );
  }
  const { preferences, max_replicas_per_node: most } = Object.fromEntries(placement.entries);
  if (preferences !== undefined) addNoEffect(findings, preferences, 'hosts are chosen by the strategies of their cloud');
  if (most !== undefined && readInteger(findings, most, { min: 0, max: MOST_MEMBERS }) !== 0) {
    addNoEffect(findings, most, 'containers of an application that share a network run on one host');
  }
}

function toUpdate(map: SourceMap | undefined, findings: Findings): readonly SourceEntry[] {
  if (map === undefined) return [];
  checkKeys(findings, map, UPDATE_KEYS);
  const parallelism = map.entries.get('parallelism');
  const batch = readInteger(findings, parallelism, { min: 0, max: MOST_MEMBERS });
  const delay = readDuration(findings, map.entries.get('delay'));
  const order = map.entries.get('order');
  const orderText = order === undefined ? undefined : readText(findings, order);
  checkFailureAction(map.entries.get('failure_action'), findings);
  for (const key of ['monitor', 'max_failure_ratio']) {
    const entry = map.entries.get(key);
    if (entry !== undefined) addNoEffect(findings, entry, 'an update has failed as soon as one copy does not come up in time');
  }
  if (order !== undefined && orderText !== undefined && orderText !== 'stop-first' && orderText !== 'start-first') {
    addValue(findings, order.value, `“order” is stop-first or start-first, not ${quoteText(orderText)}.`);
    return [];
  }
  const settings = [
    ...(parallelism === undefined || batch === undefined
      ? []
      : [entryAt(parallelism.range, 'batch', scalarAt(parallelism.value.range, batch === 0 ? MOST_MEMBERS : batch))]),
    ...(order === undefined || orderText === undefined ? [] : [entryAt(order.range, 'order', scalarAt(order.value.range, orderText))]),
    ...(delay === undefined ? [] : [entryAt(delay.range, 'delay', scalarAt(delay.range, delay.text))]),
  ];
  return settings.length === 0 ? [] : [entryAt(map.range, 'update', mapAt(map.range, settings))];
}

function checkFailureAction(entry: SourceEntry | undefined, findings: Findings): void {
  const text = entry === undefined ? undefined : readText(findings, entry);
  if (entry === undefined || text === undefined || text === 'rollback') return;
  if (text === 'pause' || text === 'continue') addNoEffect(findings, entry, 'an update that fails is taken back');
  else addValue(findings, entry.value, `“failure_action” is rollback, pause or continue, not ${quoteText(text)}.`);
}
