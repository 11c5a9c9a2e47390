import { type AnchoredNode, type AnchorLinks, linkAnchors } from './anchor-links.ts';
import { type Draft, type EditNote, noteIn } from './draft.ts';
import type { EditOperation } from './edit-operation.ts';
import { type Refusal, refuse } from './refusal.ts';
import { readsAs, toEditValue } from './resolve-value.ts';
import { toWrittenNode } from './written-node.ts';
import { formatPath, isPathBelow, type YamlPath } from './yaml-path.ts';

/** Refuses an operation after which an alias would stand for nothing or for something else, and tells which others it changes. */
export function checkAnchors(before: Draft, after: Draft, operation: EditOperation): Draft | Refusal {
  const { problem, links } = linkAnchors(after.source.root);
  if (problem !== null) return refuse('anchor-in-use', `After this edit an alias would be broken: ${problem} Change the alias first.`);
  const again = findRebound(before.source.links, links, operation);
  if (again !== undefined) {
    return refuse(
      'anchor-in-use',
      `“&${again}” is defined more than once: this edit could change what “*${again}” stands for. Edit the text by hand.`,
    );
  }
  if (after.edits === before.edits) return after;
  return sharedBy(before.source.links, links, operation).reduce(noteIn, after);
}

/** An anchor that is defined more than once, and now fewer or more times, or that stands in what is moved. */
function findRebound(before: AnchorLinks, after: AnchorLinks, operation: EditOperation): string | undefined {
  const [were, are] = [countNames(before), countNames(after)];
  const again = [...were].filter(([, count]) => count > 1).map(([name]) => name);
  const lost = again.find((name) => were.get(name) !== are.get(name));
  if (lost !== undefined || again.length === 0 || (operation.kind !== 'move' && operation.kind !== 'copy')) return lost;
  const places = [...before.anchors, ...before.uses.map(({ alias, path }) => ({ name: alias.name, path }))];
  return places.find(({ name, path }) => isPathBelow(path, operation.path) && (were.get(name) ?? 0) > 1)?.name;
}

function countNames({ anchors }: AnchorLinks): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of anchors) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function editedPaths(operation: EditOperation): readonly YamlPath[] {
  switch (operation.kind) {
    case 'set':
      return [operation.path];
    case 'insert':
    case 'copy':
      return [operation.into];
    case 'remove':
    case 'rename':
      return [operation.path.slice(0, -1)];
    case 'move':
      return [operation.path.slice(0, -1), operation.into];
  }
}

/** Anchors around what was edited, and those in a value that was set whose own value is another now. */
function sharedBy(before: AnchorLinks, after: AnchorLinks, operation: EditOperation): readonly EditNote[] {
  const paths = editedPaths(operation);
  return before.anchors.flatMap((anchor): readonly EditNote[] => {
    const around = paths.some((path) => isPathBelow(path, anchor.path));
    const within = operation.kind === 'set' && isPathBelow(anchor.path, operation.path) && isChanged(anchor, before, after);
    const places = around || within ? before.uses.filter(({ alias }) => before.targets.get(alias) === anchor) : [];
    if (places.length === 0) return [];
    const message = `“&${anchor.name}” is repeated by ${places.map(({ path }) => formatPath(path)).join(', ')}: that changes as well.`;
    return [{ code: 'anchor-shared', message }];
  });
}

function isChanged(anchor: AnchoredNode, before: AnchorLinks, after: AnchorLinks): boolean {
  const now = after.anchors.find(({ name }) => name === anchor.name);
  const was = toWrittenNode(toEditValue(anchor.node, before));
  return now === undefined || was === null || !readsAs(now.node, was, after);
}
