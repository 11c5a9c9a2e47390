import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../../../domain/blueprint/source-node.ts';
import { copiedFiles } from './artifact-files.ts';
import { lifecycleOperations } from './implementations.ts';
import type { Model } from './model.ts';
import { type KnownProperty, nodeProperties } from './node-properties.ts';
import { operationConfig } from './operations.ts';
import { machineConfig, wantedHostConfig } from './provisioning.ts';
import { connectionConfig } from './relationship-config.ts';
import { mergeEntries, type ServiceParts } from './service.ts';
import type { NodeTemplate } from './topology.ts';

export type OwnParts = Pick<ServiceParts, 'type' | 'parameters' | 'config'>;

/** A machine is only there for what is hosted on it. */
export function machineParts(node: NodeTemplate, model: Model): OwnParts {
  return { type: scalarAt(node.typeRange, 'same-server'), config: machineConfig(node, nodeProperties(node, model), model) };
}

/** A process that the node’s scripts install, start and stop. Its properties are what the blueprint declares of it. */
export function softwareParts(node: NodeTemplate, model: Model): OwnParts {
  const { config: files, variables } = copiedFiles(node, model.template);
  const parameters = [...nodeProperties(node, model)].map(([name, property]) => parameter(name, property));
  const config = [
    ...idleCommands(node),
    ...operationConfig(node, variables, model),
    ...files,
    ...hostConfig(node, model),
    ...connectionConfig(node, model),
    ...childrenMode(node, model),
  ];
  return { type: scalarAt(node.typeRange, 'vanilla-process'), parameters, config: mergeEntries(config) };
}

/** A type that is known by its own name: the node’s properties are its config. */
export function directParts(node: NodeTemplate, model: Model): OwnParts {
  const { config: files, variables } = copiedFiles(node, model.template);
  const properties = [...nodeProperties(node, model)].map(([name, { range, value }]) => entryAt(range, name, value));
  const config = [
    ...properties,
    ...operationConfig(node, variables, model),
    ...files,
    ...hostConfig(node, model),
    ...connectionConfig(node, model),
    ...childrenMode(node, model),
  ];
  return { type: scalarAt(node.typeRange, model.roles.directType(node)), config: mergeEntries(config) };
}

/** As Brooklyn has it: what has no script is done at once, and is up as soon as it has started. */
function idleCommands(node: NodeTemplate): readonly SourceEntry[] {
  const given = lifecycleOperations(node).filter(({ implementation }) => implementation !== null);
  const idle = (operation: string) => !given.some(({ name }) => name === operation);
  return [
    ...(idle('start') ? [entryAt(node.typeRange, 'launch.command', scalarAt(node.typeRange, 'true'))] : []),
    ...(idle('stop') ? [entryAt(node.typeRange, 'stop.command', scalarAt(node.typeRange, 'true'))] : []),
    entryAt(node.typeRange, 'checkRunning.command', scalarAt(node.typeRange, 'true')),
  ];
}

function hostConfig(node: NodeTemplate, model: Model): readonly SourceEntry[] {
  const wanted = model.links.wantedHostOf(node);
  return wanted === null ? [] : wantedHostConfig(wanted, node, model);
}

/** What is hosted on a process is started when the process has been; groups and clusters start what is theirs anyway. */
function childrenMode(node: NodeTemplate, { links, roles, template }: Model): readonly SourceEntry[] {
  const kind = roles.of(node) === 'direct' ? template.entityKindOf(roles.directType(node)) : 'software';
  const hosts = kind !== 'group' && kind !== 'cluster' && links.to(node).some((link) => link.kind === 'host');
  return hosts ? [entryAt(node.range, 'children.startable.mode', scalarAt(node.range, 'background_late'))] : [];
}

const PARAMETER_TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'string'],
  ['integer', 'integer'],
  ['float', 'double'],
  ['boolean', 'boolean'],
  ['timestamp', 'timestamp'],
  ['list', 'list'],
  ['map', 'map'],
]);

function parameter(name: string, { range, value, definition }: KnownProperty): SourceNode {
  // A parameter without a type is a text; values of data types, and ranges, are none.
  const type = PARAMETER_TYPES.get(definition?.schema?.type ?? '') ?? (value.kind === 'scalar' ? undefined : 'any');
  const texts = {
    name,
    ...(type === undefined ? {} : { type }),
    ...(definition?.description ? { description: definition.description } : {}),
  };
  const entries = Object.entries(texts).map(([key, text]) => entryAt(range, key, scalarAt(range, text)));
  return mapAt(range, [...entries, entryAt(range, 'default', value)]);
}
