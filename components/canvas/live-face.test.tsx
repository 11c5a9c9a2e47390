import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { DrawnPart } from '@/components/editor/blueprint-picture.ts';
import { parseSensorRule } from '@/components/lenses/sensor-rule.ts';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import { LiveFace } from './live-face.tsx';
import { type LiveLens, LiveLensContext } from './part-face.ts';

afterEach(cleanup);

const PART = { key: '#web', title: 'web', icon: 'boxes', look: 'entity' } as DrawnPart;
const entity = (id: string, more: object = {}) => ({
  kind: 'entity',
  id,
  record: {
    ...{ id, name: id, applicationId: 'a', parentId: null, goal: 'running', actual: 'RUNNING', size: null, problems: {}, sensors: {} },
    ...{ spec: { memberSpec: null }, instanceId: null, waitingFor: null },
    ...more,
  },
});

function show(
  face: { readonly entityIds: readonly string[]; readonly isEach: boolean },
  records: readonly object[],
  more: Partial<LiveLens> = {},
) {
  const stores = makeLiveStores();
  stores.live.apply({ revision: 1, snapshot: records as never });
  const lens: LiveLens = { sensor: 'load', rule: null, tasks: new Map(), selectedId: '', onChoose: () => undefined, ...more };
  const asked = showWithAnswers(
    <LiveContext value={stores}>
      <LiveLensContext value={lens}>
        <LiveFace part={PART} face={{ kind: 'live', ...face }} far={false} />
      </LiveLensContext>
    </LiveContext>,
    { 'session.me': { permissions: ['read', 'operate'] } },
    {},
  );
  return { stores, asked };
}

it('scales a cluster by its stepper', async () => {
  const { asked } = show({ entityIds: ['web'], isEach: false }, [entity('web', { size: 2 })]);
  const up = await screen.findByRole<HTMLButtonElement>('button', { name: 'Scale web up to 3' });
  await waitFor(() => expect(up.disabled).toBe(false));
  fireEvent.click(up);
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'entity.resize', input: { entityId: 'web', size: 3 } }));
});

it('shows each member with its state, and opens the one that is clicked', () => {
  const onChoose = vi.fn();
  show({ entityIds: ['web-1', 'web-2'], isEach: true }, [entity('web-1'), entity('web-2', { actual: 'ON_FIRE' })], { onChoose });
  expect(screen.getAllByRole('button').map((chip) => chip.getAttribute('aria-label'))).toEqual(['web-1, RUNNING', 'web-2, ON_FIRE']);
  fireEvent.click(screen.getByRole('button', { name: 'web-2, ON_FIRE' }));
  expect(onChoose).toHaveBeenCalledExactlyOnceWith('web-2');
});

it('lets a reading stand out by the rule, as it changes', () => {
  const { stores } = show({ entityIds: ['db'], isEach: false }, [entity('db', { sensors: { load: 1 } })], {
    rule: parseSensorRule('load > 2'),
  });
  expect(screen.getByText('1').className).not.toContain('text-warn');
  act(() => stores.live.apply({ revision: 2, changes: [entity('db', { sensors: { load: 3 } }) as never] }));
  expect(screen.getByText('3').className).toContain('text-warn');
});

it('shows how far the step is that is running, and what is waited for', () => {
  const task = { id: 't', name: 'Pull redis:7', status: 'running', progress: { text: '3 of 8 layers', fraction: 0.375 } };
  show(
    { entityIds: ['db'], isEach: false },
    [entity('db', { actual: 'STARTING', waitingFor: 'redis:7' }), { kind: 'task', id: 't', record: task }],
    {
      tasks: new Map([['db', 't']]),
    },
  );
  expect(screen.getByRole('progressbar', { name: 'Pull redis:7: 3 of 8 layers' }).getAttribute('aria-valuenow')).toBe('38');
  expect(screen.getByText('redis:7')).toBeTruthy();
});

it('says that nothing of a part runs', () => {
  show({ entityIds: [], isEach: false }, []);
  expect(screen.getByText('not deployed')).toBeTruthy();
});
