import { quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { listAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { descend } from './descend.ts';
import type { Call, IntrinsicFunction } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import { argumentsOf, misused, unsupported } from './function-problems.ts';
import { getArtifact } from './get-artifact.ts';
import { getAttribute, getProperty } from './get-member.ts';
import { concat, join, token } from './text-functions.ts';

/** TOSCA's functions (section 4 of the profile), worked out or refused with the reason. */
export const FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ['get_input', getInput],
  ['get_property', getProperty],
  ['get_attribute', getAttribute],
  ['get_artifact', getArtifact],
  ['get_nodes_of_type', getNodesOfType],
  ['get_operation_output', (_, call) => unsupported(call, 'is not read: what a script prints is not kept')],
  ['concat', concat],
  ['join', join],
  ['token', token],
]);

/** `get_input: name`, or `[name, key, index …]` for a part of it. */
function getInput(argument: SourceNode, call: Call): SourceNode | null {
  const [first, ...path] = argumentsOf(argument);
  const name = textOf(first);
  if (name === null) return misused(call, 'needs the name of an input');
  const { inputs } = call.model.topology;
  const value = inputs.get(name);
  if (value === undefined) {
    const hint = sayNearest(nearestNames(name, inputs.keys())) ?? `Inputs are ${[...inputs.keys()].slice(0, 10).join(', ') || 'none'}.`;
    return misused(call, `names ${quoteText(name)}, which is no input`, hint);
  }
  // One that is missing has its finding at the input.
  if (value === null || !call.model.template.budget.spend(value.values, call.range)) return null;
  const known = evaluate(value, call.scope, call.model);
  return known === null ? null : descend(known, path, call);
}

/** The names of the nodes that are of the type. */
function getNodesOfType(argument: SourceNode, call: Call): SourceNode | null {
  const name = textOf(argumentsOf(argument)[0]);
  const { types } = call.model.template;
  const type = name === null ? undefined : types.find('node_types', name);
  if (name === null || type === undefined) {
    return misused(
      call,
      `needs a node type${name === null ? '' : `, and ${quoteText(name)} is none`}`,
      types.nearest('node_types', name ?? ''),
    );
  }
  const nodes = [...call.model.topology.nodes.values()].filter((node) => node.type?.ancestry.includes(type.name));
  return listAt(
    call.range,
    nodes.map((node) => scalarAt(call.range, node.name)),
  );
}
