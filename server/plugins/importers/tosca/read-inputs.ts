import { createFindings, quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { readYaml } from '../../../domain/blueprint/read-yaml.ts';
import { scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../../../domain/blueprint/source-node.ts';
import { checkValue } from './check-value.ts';
import type { PropertyDefinition } from './definitions.ts';
import { placeAt } from './place-source.ts';
import { readProperty } from './read-definitions.ts';
import { entriesOf } from './read-values.ts';
import type { Template } from './template.ts';

/**
 * The value of each input: what was given for it, else its default. Null, with a finding, for one that needs a value and has none;
 * also, without, for one that need not have any.
 */
export function readInputs(entry: SourceEntry | undefined, template: Template): ReadonlyMap<string, SourceNode | null> {
  return new Map(
    entriesOf(entry, template.findings).map((input) => {
      const definition = readProperty(input, template.findings);
      const value = givenValue(definition, template) ?? definition.value;
      if (value === null) addMissing(definition, template);
      else if (definition.schema !== null) checkValue(input.key, value, definition.schema, template);
      return [input.key, value];
    }),
  );
}

/** Values are given as text; those of lists, maps and the like as YAML. */
function givenValue({ name, range, schema }: PropertyDefinition, { input }: Template): SourceNode | null {
  const { variables } = input;
  const text = variables !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (text === undefined) return null;
  const isText = schema === null || schema.type === 'string' || schema.type === 'version' || schema.type === 'timestamp';
  return isText ? scalarAt(range, text) : (readEmbedded(text, range) ?? scalarAt(range, text));
}

/** YAML inside a value, all of it at the place of that value; null where it is none. */
export function readEmbedded(text: string, range: TextRange): SourceNode | null {
  const findings = createFindings({ text });
  const node = readYaml(text, findings);
  return node === null || !findings.clean ? null : placeAt(node, range);
}

function addMissing({ name, range, required }: PropertyDefinition, { findings }: Template): void {
  if (required === false) return;
  findings.add('tosca-input-missing', {
    range,
    path: '',
    message: `The input ${quoteText(name)} needs a value.`,
    hint: 'Give one when checking or deploying, or add a “default”.',
  });
}
