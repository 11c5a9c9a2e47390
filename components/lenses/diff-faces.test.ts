import { describe, expect, it } from 'vitest';
import { startSession } from '@/server/domain/blueprint-edit/edit-session.ts';
import type { PreviewedChange } from '@/server/engine/queries/preview-update.ts';
import { createPlanner, planOf } from '@/server/testing/blueprint-types.ts';
import { type DiffSide, type DiffWorld, diffPicture } from './diff-faces.ts';

const plan = await createPlanner();

function side(text: string): DiffSide {
  const { drawing } = startSession(text);
  if (drawing === null) throw new Error('nothing is drawn');
  return { drawing, root: planOf(plan(text)).root };
}

const WEB = 'services:\n- type: cluster\n  id: web\n  memberSpec: { type: docker:nginx:1 }\n';
const CACHE = '- type: docker:redis:7\n  id: cache\n';
const POLICY = '  brooklyn.policies:\n  - type: auto-scaler\n    brooklyn.config: { metric: load }\n';

function told(before: string, after: string, world: Partial<DiffWorld>): Record<string, string> {
  const { faces } = diffPicture(side(after), side(before), { changes: [], drifts: [], ...world });
  const texts = [...faces].flatMap(([key, face]) =>
    face.kind === 'diff' && (face.effect !== null || face.drift !== '') ? [[key, `${face.effect}: ${face.note} ${face.drift}`.trim()]] : [],
  );
  return Object.fromEntries(texts);
}

const change = (effect: PreviewedChange['effect'], path: string, id: string | null = null): PreviewedChange => {
  return { effect, path, name: path, entityId: id };
};

describe('the Diff lens', () => {
  it('marks what comes, what goes and what is restarted, members together', () => {
    const changes = [change('restarted', 'web/member', 'a'), change('restarted', 'web/member', 'b'), change('removed', 'cache', 'c')];
    expect(told(WEB + CACHE, WEB, { changes })).toEqual({
      '#web/member:docker:nginx:1': 'restarted: 2 are restarted',
      '#cache': 'removed: removed',
    });
    expect(told(WEB, WEB + CACHE, { changes: [change('added', 'cache')] })).toEqual({ '#cache': 'added: added' });
  });

  it('marks policies and networks too, which are no entities', () => {
    const marks = Object.values(
      told(WEB, WEB.replace('  memberSpec', `${POLICY}  memberSpec`), { changes: [change('changed', 'web', 'w')] }),
    );
    expect(marks.sort()).toEqual(['added: added', 'changed: changed in place']);
  });

  it('tells in what the world differs, and nothing where it does not', () => {
    const drift = { entityId: 'w', kind: 'resized', text: '3 members, 1 are written', path: 'web', name: 'web' } as never;
    expect(told(WEB, WEB, { drifts: [drift] })).toEqual({ '#web': 'null: as it is 3 members, 1 are written' });
    expect(told(WEB, WEB, {})).toEqual({});
  });
});
