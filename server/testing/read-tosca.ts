import type { BlueprintInput } from '../domain/blueprint/blueprint-input.ts';
import { createFindings } from '../domain/blueprint/findings.ts';
import { readYaml } from '../domain/blueprint/read-yaml.ts';
import type { SourceNode } from '../domain/blueprint/source-node.ts';
import { plugin } from '../plugins/importers/tosca.ts';

/** What the TOSCA importer makes of a text. */
export interface ToscaReading {
  /** The blueprint as plain values; null where there is none. */
  readonly camp: Plain;
  /** `severity code line:column message` of each finding, with the file before it where it is another one. */
  readonly findings: readonly string[];
  /** The hints of the same findings. */
  readonly hints: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into values of any shape.
type Plain = any;

export interface ToscaGiven extends Omit<BlueprintInput, 'text'> {
  /** Names that the library knows as types of entities. */
  readonly entities?: readonly string[];
}

/** Reads a template by the importer alone, without the planner. */
export function readTosca(text: string, { entities = [], ...given }: ToscaGiven = {}): ToscaReading {
  const input = { text, ...given };
  const findings = createFindings(input);
  const source = readYaml(text, findings);
  const camp =
    source?.kind === 'map' && plugin.recognises(text, source)
      ? plugin.toCamp({
          input,
          source,
          findings,
          entityKindOf: (name) => (entities.includes(name) ? 'item' : undefined),
          adjunctKindOf: () => undefined,
        })
      : null;
  return {
    camp: camp === null ? null : toPlain(camp),
    hints: findings.list().map(({ hint }) => hint ?? ''),
    findings: findings
      .list()
      .map(
        ({ file, severity, code, line, column, message }) =>
          `${file === undefined ? '' : `${file} `}${severity} ${code} ${line}:${column} ${message}`,
      ),
  };
}

/** A template of TOSCA 1.3 with these nodes, written below `node_templates`. */
export function withNodes(nodes: string, rest = ''): string {
  const head = 'tosca_definitions_version: tosca_simple_yaml_1_3\n';
  return `${head}${rest}topology_template:\n  node_templates:\n${nodes.trimEnd().replace(/^(?=.)/gm, '    ')}\n`;
}

/** The services of a reading by id, those nested in others too. */
export function servicesOf({ camp }: ToscaReading): Readonly<Record<string, Plain>> {
  const found: Record<string, Plain> = {};
  const add = (service: Plain) => {
    found[service.id] = service;
    for (const child of service['brooklyn.children'] ?? []) add(child);
    const member = service['brooklyn.config']?.['dynamiccluster.memberspec']?.['$brooklyn:entitySpec'];
    if (member !== undefined) add(member);
  };
  for (const service of camp?.services ?? []) add(service);
  return found;
}

function toPlain(node: SourceNode): Plain {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, toPlain(value)]));
}
