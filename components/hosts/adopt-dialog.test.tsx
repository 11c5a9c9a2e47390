import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { showWithAnswers } from '@/components/testing/show-with-answers.tsx';
import type { AdoptionPlanAnswer } from '@/server/api/host/adopt.ts';
import { AdoptDialog } from './adopt-dialog.tsx';

afterEach(cleanup);

// Nothing is laid out here.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

const HOST = { id: 'h1' as never, name: 'docker-1' };
const PLAN: AdoptionPlanAnswer = {
  name: 'blog',
  text: 'name: blog\nservices: []\n',
  containers: [
    { id: 'a'.repeat(64), name: 'blog-web-1', image: 'nginx:1', service: 'web', slot: 1 },
    { id: 'b'.repeat(64), name: 'blog-db-1', image: 'postgres:16', service: 'db', slot: null },
  ],
  findings: [{ severity: 'warning', where: 'blog-db-1', message: 'the volume at /cache has no name' }],
  needsHostAccess: true,
};

function show(plan: AdoptionPlanAnswer) {
  const adopted: string[] = [];
  const asked = showWithAnswers(
    <AdoptDialog host={HOST} kind="project" source="blog" onClose={() => undefined} onAdopted={(id) => adopted.push(id)} />,
    { 'host.adoptionPlan': plan, 'host.adopt': { applicationId: 'app-1', taskId: 'task-1' } },
    {},
  );
  return { asked, adopted };
}

const what = { hostId: 'h1', kind: 'project', source: 'blog' };

it('tells what becomes of each container, what was found, and adopts just those', async () => {
  const { asked, adopted } = show(PLAN);
  const send = await screen.findByRole('button', { name: 'Adopt 2 containers' });
  expect(screen.getByText('becomes member 1 of web')).toBeDefined();
  expect(screen.getByText('the volume at /cache has no name')).toBeDefined();
  expect(screen.getByText(/reaches its host/)).toBeDefined();
  fireEvent.click(send);
  await waitFor(() => expect(adopted).toEqual(['app-1']));
  const containerIds = PLAN.containers.map(({ id }) => id);
  expect(asked).toEqual([
    { path: 'host.adoptionPlan', input: what },
    { path: 'host.adopt', input: { ...what, containerIds } },
  ]);
});

it('adopts nothing while something stands against it', async () => {
  show({ ...PLAN, findings: [{ severity: 'error', where: 'name', message: 'There is an application blog already.' }] });
  expect((await screen.findByRole('button', { name: 'Adopt 2 containers' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('There is an application blog already.')).toBeDefined();
});

it('looks again under another name once it is typed, and adopts under that', async () => {
  const { asked } = show(PLAN);
  await screen.findByRole('button', { name: 'Adopt 2 containers' });
  const field = screen.getByLabelText('Name of the application');
  fireEvent.change(field, { target: { value: 'journal' } });
  expect(screen.getByRole('button', { name: 'Adopt 2 containers' }).hasAttribute('disabled')).toBe(true);
  fireEvent.blur(field);
  await waitFor(() => expect(asked.at(-1)).toEqual({ path: 'host.adoptionPlan', input: { ...what, name: 'journal' } }));
  fireEvent.click(await screen.findByRole('button', { name: 'Adopt 2 containers' }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ path: 'host.adopt', input: { name: 'journal' } }));
});
