import { machineLocations } from '../../cloud/machine-locations.ts';
import { listedMachines } from '../../cloud/ssh-access.ts';
import type { EntitySpec, LocationSpec } from '../../entity/entity-spec.ts';
import type { ConfigValue } from '../config-value.ts';
import { isDeferred } from '../config-value.ts';
import { quoteText } from '../findings.ts';
import type { LocationUse, PlanState } from '../plan-state.ts';
import { nodesOf, type SpecNode, toSpecTree } from '../spec-tree.ts';
import { namedCloud } from './named-cloud.ts';

/** Of templates and documentation: `${location}`, `<your location>`. */
const PLACEHOLDER = /^(?:\$\{[^}]*\}|<[^<>]*>)$/;

/** A location by itself, as a catalog has it: for a Docker cloud, or the name of a cloud. */
export function checkLocationAlone(state: PlanState): void {
  for (const use of state.locationUses) if (use.spec.kind !== 'named') checkMachines(use, state);
}

/** A location is the name of a cloud, or where a Docker cloud or software takes its machines from: which of both depends on who is in it. */
export function checkLocationUses(root: EntitySpec, state: PlanState): void {
  if (state.locationUses.length === 0) return;
  const byPath = new Map([...nodesOf(toSpecTree(root))].map((node) => [node.spec.path, node]));
  for (const use of state.locationUses) {
    const node = byPath.get(use.owner);
    const isOfMachines = node !== undefined && (hasCloud(node, state) || (namedCloud(use.spec) === null && hasSoftware(node, state)));
    if (isOfMachines) checkMachines(use, state);
    else checkCloudName(use, state);
  }
}

function hasCloud(node: SpecNode, state: PlanState): boolean {
  return state.types.get(node.spec.type)?.kind === 'cloud' || node.children.some((child) => hasCloud(child, state));
}

/** What commands run goes to machines as well as to a cloud. */
function hasSoftware(node: SpecNode, state: PlanState): boolean {
  return state.types.get(node.spec.type)?.software !== undefined || node.children.some((child) => hasSoftware(child, state));
}

function checkCloudName({ spec, text, isMap, range, path }: LocationUse, state: PlanState): void {
  const cloud = namedCloud(spec);
  const isCloud = cloud !== null;
  if (isCloud && (spec.kind === 'docker' || Object.keys(spec.options).length === 0)) return;
  const shown = isMap ? `A location of the kind ${quoteText(spec.kind)}` : quoteText(text);
  const isNoCloud = PLACEHOLDER.test(text) ? 'is a placeholder that nothing has filled in' : 'is not the name of a cloud';
  const message = isCloud ? `Options of the cloud ${quoteText(cloud)} are not applied.` : `${shown} ${isNoCloud}.`;
  const hint = isCloud ? 'Set them on the cloud.' : 'Add the hosts to a cloud and write its name here, or choose a cloud when deploying.';
  state.findings.add('location-unsupported', { range, path, message, hint });
}

function checkMachines({ spec, text, range, path }: LocationUse, state: PlanState): void {
  const known = [...state.adjunctsByName.values()].filter(({ kind, planned }) => kind === 'location' && !planned);
  for (const location of machineLocations(spec)) {
    const type = known.find(({ id }) => id === location.kind);
    if (type === undefined) {
      const isPlaceholder = PLACEHOLDER.test(text);
      const message = isPlaceholder
        ? `${quoteText(text)} is a placeholder that nothing has filled in.`
        : `No machines are taken from ${quoteText(nameOf(location))}.`;
      const kinds = [...new Set(known.map(({ id }) => id))].sort().join(', ');
      const hint = `Hosts of a Docker cloud come from ${kinds}. Another place can be given when deploying.`;
      state.findings.add('location-unsupported', { range, path, message, hint });
      continue;
    }
    for (const problem of machineProblems(location))
      state.findings.add(problem.code, { range, path, message: problem.message, hint: problem.hint });
  }
}

function nameOf({ kind, target }: LocationSpec): string {
  return target === '' ? kind : kind === 'named' ? target : `${kind}:${target}`;
}

export interface MachineProblem {
  readonly code: 'location-invalid' | 'key-not-honoured';
  readonly message: string;
  readonly hint?: string | undefined;
}

const STORE_KEY = 'Store the key under Hosts → Credentials, and name it here with “credential”.';

/** What of a location of machines cannot be done, and what is done otherwise than it says. */
export function machineProblems({ kind, options }: LocationSpec): readonly MachineProblem[] {
  const maps = [options, ...(Array.isArray(options.hosts) ? options.hosts : [])];
  const given = new Set(maps.flatMap((map) => (typeof map === 'object' && map !== null ? Object.keys(map) : [])));
  const problems: MachineProblem[] = [];
  if (hasDeferred(Object.values(options))) {
    problems.push({ code: 'location-invalid', message: `The location “${kind}” has an expression: it must be known when it is deployed.` });
  }
  if (given.has('password') || given.has('privateKeyPassphrase')) {
    const message = 'Machines are logged in to with keys that Clocker keeps, not with a password.';
    problems.push({ code: 'key-not-honoured', message, hint: STORE_KEY });
  }
  if (given.has('privateKeyData')) {
    const message = 'A private key does not belong into a blueprint, where whoever is given the text reads it.';
    problems.push({ code: 'location-invalid', message, hint: STORE_KEY });
  }
  if (given.has('privateKeyFile')) {
    const message = '“privateKeyFile” is not read: the stored credential that is called like the file is used.';
    problems.push({ code: 'key-not-honoured', message, hint: STORE_KEY });
  }
  if (given.has('winrm') || given.has('osFamily')) {
    problems.push({ code: 'location-invalid', message: 'A Docker cloud has no Windows hosts.' });
  }
  const pinned = options.hostKey !== undefined && listedMachines(options).length > 1;
  if (pinned) {
    const message = 'One “hostKey” is given for several machines: each has a key of its own.';
    problems.push({ code: 'location-invalid', message, hint: 'hosts:\n- ssh: root@10.0.0.1\n  hostKey: SHA256:…' });
  }
  return problems;
}

function hasDeferred(values: readonly ConfigValue[]): boolean {
  return values.some((value) => isDeferred(value) || (typeof value === 'object' && value !== null && hasDeferred(Object.values(value))));
}
