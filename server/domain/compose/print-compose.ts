import type { ApplicationPlan } from '../blueprint/application-plan.ts';
import { type PrintEntry, type PrintMap, printYaml } from '../blueprint/print-yaml.ts';
import { nodesOf, type SpecNode, toSpecTree } from '../blueprint/spec-tree.ts';
import { printFiles, printNetworks, printVolumes } from './print-resources.ts';
import { printService } from './print-service.ts';
import { createPrinter, type LeftOut, type Printer } from './printer.ts';

export interface PrintedCompose {
  readonly text: string;
  /** What Compose has no words for; each stands in the text as a comment too. */
  readonly leftOut: readonly LeftOut[];
}

const CONTAINER = 'docker-container';

/**
 * An application as a Compose file: containers and clusters of containers as services, which reach each other by name. What Compose
 * cannot say is left out, and said.
 */
export function printCompose(plan: ApplicationPlan): PrintedCompose {
  const tree = toSpecTree(plan.root);
  const names = nameServices(tree);
  const printer = createPrinter(tree, (node) => names.get(node));
  const services = [...names].map(([node, name]) => printNode(node, name, printer));
  for (const node of nodesOf(tree)) leaveOutRest(node, names, printer);
  const entries: PrintEntry[] = [];
  const name = plan.name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[_-]+|-+$/g, '');
  if (name !== '' && plan.name !== 'Application') entries.push({ key: 'name', value: name });
  entries.push({ key: 'services', value: { entries: services } });
  const sections: readonly (readonly [string, PrintMap])[] = [
    ['networks', printNetworks(tree.spec, printer)],
    ['volumes', printVolumes(tree.spec, printer)],
    ['configs', printFiles(printer.files.filter((file) => file.kind === 'configs'))],
    ['secrets', printFiles(printer.files.filter((file) => file.kind === 'secrets'))],
  ];
  for (const [key, value] of sections) if (value.entries.length > 0) entries.push({ key, value });
  const comment = printer.leftOut.filter(({ service }) => service === null).map(({ what, why }) => `${what}: ${why}`);
  return {
    text: printYaml({ entries, ...(comment.length === 0 ? {} : { comment: comment.join('\n') }) }),
    leftOut: printer.leftOut,
  };
}

/** Containers, and clusters whose members are containers, by the name that their service gets. */
function nameServices(tree: SpecNode): ReadonlyMap<SpecNode, string> {
  const names = new Map<SpecNode, string>();
  const taken = new Set<string>();
  for (const node of nodesOf(tree)) {
    const isMember = node.parent?.spec.memberSpec === node.spec;
    const isService = node.spec.memberSpec === null ? node.spec.type === CONTAINER && !isMember : node.spec.memberSpec.type === CONTAINER;
    if (!isService) continue;
    const base = (node.spec.planId ?? node.spec.path.replaceAll('/', '-')).replace(/[^a-zA-Z0-9._-]/g, '-');
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
    taken.add(name);
    names.set(node, name);
  }
  return names;
}

function printNode(node: SpecNode, name: string, printer: Printer): PrintEntry {
  const container = node.spec.memberSpec === null ? node : node.children.find(({ spec }) => spec === node.spec.memberSpec);
  const service = printService(container ?? node, { name, cluster: node.spec.memberSpec === null ? null : node }, printer);
  const comment = printer.leftOut.filter((one) => one.service === name).map(({ what, why }) => `${what}: ${why}`);
  return { key: name, value: service, ...(comment.length === 0 ? {} : { comment: comment.join('\n') }) };
}

/** Entities that become no service, and what is attached to any. */
function leaveOutRest(node: SpecNode, names: ReadonlyMap<SpecNode, string>, { leave }: Printer): void {
  const { spec } = node;
  const isMember = node.parent?.spec.memberSpec === spec && node.parent !== null && names.has(node.parent);
  if (!names.has(node) && !isMember && (spec.memberSpec !== null || spec.children.length === 0)) {
    leave(null, `${spec.planId ?? spec.name} (${spec.type})`, 'Compose runs containers of images only');
  }
  const service = names.get(node) ?? null;
  const attached = [...(spec.policies ?? []), ...(spec.enrichers ?? []), ...(spec.initializers ?? [])];
  for (const { type } of attached) leave(service, type, `Compose has nothing like it (at ${spec.planId ?? spec.name})`);
  if (spec.location !== null || spec.locations !== undefined)
    leave(service, `the location of ${spec.planId ?? spec.name}`, 'Compose runs on one engine');
}
