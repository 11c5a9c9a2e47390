import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../testing/runs-of.ts';
import { blueprints } from '../../testing/yaml-edits/arbitrary-blueprint.ts';
import { toChoices } from '../../testing/yaml-edits/arbitrary-yaml.ts';
import { yaml } from '../../testing/yaml-edits/edit-text.ts';
import { bare } from '../../testing/yaml-edits/graph-model.ts';
import { pickStep } from '../../testing/yaml-edits/pick-step.ts';
import type { BlueprintGraph } from './blueprint-graph.ts';
import { setConfig } from './change-field.ts';
import { addNode, removeNode, renameNode } from './change-node.ts';
import { fromCodeMirrorChanges, toCodeMirrorChanges } from './codemirror-changes.ts';
import {
  changeDrawing,
  type EditSession,
  redoStep,
  replaceAll,
  type SessionStep,
  startSession,
  typeInto,
  undoStep,
} from './edit-session.ts';
import { openText } from './editable-text.ts';
import { groupNodes, isGroup, ungroupNode } from './group-nodes.ts';
import type { NamedChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import type { Refusal } from './refusal.ts';
import { applyEdits } from './text-edit.ts';
import { writeText } from './write-text.ts';
import type { EditValue } from './written-node.ts';

const PATIENCE = 600_000;
const TYPED = ['x', ' ', '\n', '- ', ': ', '[', '# why\n', '  id: typed\n', '"'];

/** One act of somebody who types, draws, undoes and redoes as the numbers say. */
function act(session: EditSession, numbers: readonly number[]): SessionStep | Refusal | null {
  const choices = toChoices(numbers);
  const kind = choices.below(10);
  if (kind === 4) return changeDrawing(session, (graph) => pickGrouping(graph, numbers.slice(1)));
  if (kind < 5) return changeDrawing(session, (graph) => pickStep(graph, numbers.slice(1)).change);
  if (kind === 8) return undoStep(session);
  if (kind === 9) return redoStep(session);
  const doc = session.text.replaceAll('\r\n', '\n');
  const from = choices.below(doc.length + 1);
  const to = choices.chance(70) ? from : Math.min(doc.length, from + choices.below(6));
  const insert = TYPED[choices.below(TYPED.length)] ?? 'x';
  const edits = fromCodeMirrorChanges(session.text, [{ from, to, insert }]);
  return typeInto(session, edits, choices.chance(50) ? 'a new step' : 'one step with the last');
}

/** Some parts that stand beside one another into a group, or a group away. */
function pickGrouping(graph: BlueprintGraph, numbers: readonly number[]): NamedChange | Refusal {
  const choices = toChoices(numbers);
  const [groups, entities] = [graph.nodes.filter(isGroup), graph.nodes.filter(({ role }) => role === 'service' || role === 'child')];
  const group = groups[choices.below(groups.length)];
  if (group !== undefined && choices.chance(50)) return ungroupNode(graph, group.path);
  const at = choices.below(Math.max(1, entities.length));
  return groupNodes(
    graph,
    entities.slice(at, at + 1 + choices.below(2)).map(({ path }) => path),
  );
}

/** What holds after every act: the drawing is that of the text, as far as there is one, and each node has a key of its own. */
function expectInStep({ text, source, problem, drawing }: EditSession): void {
  const opened = openText(text);
  const graph = opened.ok ? readGraph(opened.source) : null;
  expect(source === null, text).toBe(!opened.ok);
  expect(problem === null, text).toBe(graph !== null);
  if (graph === null) return;
  expect(bare(drawing?.graph ?? null), text).toEqual(bare(graph));
  expect(drawing?.graph.nodes.map(({ range }) => range)).toEqual(graph.nodes.map(({ range }) => range));
  expect(new Set(drawing?.keys.values()).size).toBe(graph.nodes.length);
}

describe('canvas and text', { timeout: PATIENCE }, () => {
  it.each(['\n', '\r\n'])('are in step whatever is drawn and typed in whatever order (%j)', (newline) => {
    let [drawn, blind] = [0, 0];
    const numbers = fc.array(fc.nat(9999), { minLength: 10, maxLength: 20 });
    fc.assert(
      fc.property(blueprints, fc.array(numbers, { minLength: 1, maxLength: 25 }), (value, acts) => {
        const text = (writeText(value as EditValue) ?? '').replaceAll('\n', newline);
        let session = startSession(text);
        // What the text pane holds: it is told of each step by its edits alone.
        let doc = text.replaceAll('\r\n', '\n');
        for (const numbers of acts) {
          const before = session;
          const step = act(session, numbers);
          if (step === null || !step.ok) continue;
          session = step.session;
          for (const change of toCodeMirrorChanges(before.text, step.transaction.edits).toReversed())
            doc = doc.slice(0, change.from) + change.insert + doc.slice(change.to);
          expect(session.text).toBe(applyEdits(before.text, step.transaction.edits));
          expect(doc).toBe(session.text.replaceAll('\r\n', '\n'));
          expectInStep(session);
          if (session.problem === null) drawn += 1;
          else blind += 1;
        }
        for (let back = undoStep(session); back !== null; back = undoStep(session)) session = back.session;
        expect(session.text).toBe(text);
        expectInStep(session);
        for (let on = redoStep(session); on !== null; on = redoStep(session)) session = on.session;
        expectInStep(session);
      }),
      { numRuns: runsOf(60) },
    );
    expect(drawn).toBeGreaterThan(runsOf(100));
    expect(blind).toBeGreaterThan(runsOf(10));
  });
});

const SHOP = yaml`
  # A shop
  services:
  - type: haproxy   # in front
    id: lb
  - type: mariadb
    id: db
    brooklyn.config:
      user: $brooklyn:component("lb").config("x")
`;

function typed(session: EditSession, find: string, insert: string): SessionStep {
  const at = session.text.indexOf(find) + find.length;
  return typeInto(session, [{ start: at, end: at, text: insert }], 'one step with the last');
}

function drawnIn(session: EditSession, make: Parameters<typeof changeDrawing>[1]): SessionStep {
  const step = changeDrawing(session, make);
  if (!step.ok) throw new Error(step.message);
  return step;
}

describe('startSession', () => {
  it('draws an empty text as an application with nothing in it', () => {
    expect(startSession('').drawing?.graph.nodes.map(({ role }) => role)).toEqual(['application']);
  });

  it('keeps the last drawing while the text cannot be read, and refuses to draw on it', () => {
    const { session } = typed(startSession(SHOP), 'id: ', '"');
    expect(session.problem).not.toBeNull();
    expect(session.drawing?.graph.nodes).toHaveLength(3);
    const refused = changeDrawing(session, (graph) => removeNode(graph, ['services', 0]));
    expect(refused).toMatchObject({ ok: false, code: 'not-yaml' });
    expect(refused.ok ? '' : refused.message).toContain('Mend it');
  });
});

it('does not draw a text that is too long to be read at each keystroke, until it is shorter', () => {
  const long = `${SHOP}# ${'x'.repeat(300_000)}\n`;
  const session = startSession(long);
  expect(session).toMatchObject({ drawing: null, source: null });
  expect(session.problem).toContain('up to 300,000 are drawn');
  expect(replaceAll(session, 'Shorten', SHOP).session.problem).toBeNull();
  expect(replaceAll(startSession(SHOP), 'Lengthen', long).session.problem).not.toBeNull();
});

describe('the history of both panes', () => {
  it('takes typing back in one piece, and what was drawn by its name', () => {
    const drawn = drawnIn(startSession(SHOP), (graph) => setConfig(graph, ['services', 0], 'proxy.http.port', 8000)).session;
    const one = typed(drawn, 'mariadb', ' ').session;
    const two = typed(one, 'mariadb ', '#').session;
    expect(two.history.done.map(({ name }) => name)).toEqual(['Set proxy.http.port of lb', 'Typing']);
    const back = undoStep(two)?.session;
    expect(back?.text).toBe(drawn.text);
    expect(back && undoStep(back)?.session.text).toBe(SHOP);
  });

  it('puts another text in the place of all as one step', () => {
    const { session } = replaceAll(startSession(SHOP), 'Load the example', 'services: []\n');
    expect(session.text).toBe('services: []\n');
    expect(undoStep(session)?.session.text).toBe(SHOP);
  });
});

describe('keys of nodes', () => {
  it('stay with their nodes when others come before them', () => {
    const added = drawnIn(startSession(SHOP), (graph) =>
      addNode(graph, { role: 'service', parent: [], at: 0, spec: { type: 'docker:redis:7' } }),
    );
    expect(Object.fromEntries(added.carried ?? [])).toMatchObject({ '#lb': '#lb', '#db': '#db' });
  });

  it('follow an id that is changed, by drawing or by typing, even through texts that cannot be read', () => {
    const renamed = drawnIn(startSession(SHOP), (graph) => renameNode(graph, ['services', 0], 'front'));
    expect(renamed.carried?.get('#lb')).toBe('#front');
    const broken = typed(startSession(SHOP), 'id: ', '"').session;
    const mended = typeInto(
      broken,
      [{ start: broken.text.indexOf('"lb'), end: broken.text.indexOf('"lb') + 3, text: 'edge' }],
      'a new step',
    );
    expect(mended.carried?.get('#lb')).toBe('#edge');
  });

  it('are gone with what is removed', () => {
    const { carried } = drawnIn(startSession(SHOP), (graph) => removeNode(graph, ['services', 0]));
    expect(carried?.has('#lb')).toBe(false);
    expect(carried?.get('#db')).toBe('#db');
  });
});
