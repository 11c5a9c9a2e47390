import { describe, expect, it } from 'vitest';
import { containerName, halfMadeName, ownershipLabels } from '../../domain/entity/ownership.ts';
import { anInstance } from '../../testing/records.ts';
import { compareContainers } from './compare-containers.ts';

const name = containerName('plane', 'WEB', 1);
const labels = ownershipLabels(
  { planeId: 'plane', name, applicationId: 'shop', entityId: 'WEB', instanceId: 'I1', incarnation: 1, specHash: 'hash' },
  (text) => `signed ${text}`,
);
const check = { planeId: 'plane', verify: (text: string, signature: string) => signature === `signed ${text}` };

function compare(containerCalled: string, instances: Parameters<typeof compareContainers>[0]['instances']) {
  const container = { id: 'c1', name: containerCalled, labels, state: 'created', status: 'Created' } as unknown;
  type Listed = Parameters<typeof compareContainers>[0]['containers'][number];
  return compareContainers({ containers: [container as Listed], instances, check, depth: 'all', told: new Set() });
}

describe('compareContainers', () => {
  it('finds what was left half made to be surplus once no row wants it', () => {
    const { surplus, foreign } = compare(halfMadeName(name), []);
    expect(surplus).toMatchObject([{ containerId: 'c1', ownership: { name } }]);
    expect(foreign).toBe(0);
  });

  it('leaves a half-made container to the step that makes it', () => {
    const planned = anInstance({ id: 'I1', entityId: 'WEB', containerName: name, state: 'planned' });
    expect(compare(halfMadeName(name), [planned])).toEqual({ toInspect: [], absent: [], surplus: [], foreign: 0 });
  });

  it('never takes a half-made container for the one of a running row', () => {
    const running = anInstance({ id: 'I1', entityId: 'WEB', containerName: name, state: 'running' });
    expect(compare(halfMadeName(name), [running])).toMatchObject({ toInspect: [], absent: [{ id: 'I1' }], surplus: [] });
  });

  it('knows an adopted container by its id, and takes one of its name for foreign', () => {
    const id = 'a'.repeat(64);
    const row = anInstance({ id: 'I1', entityId: 'WEB', containerName: 'web', containerId: id, state: 'running' });
    const adopted = { ...row, adopted: { containerId: id, by: 'ann', at: 0 } };
    const listed = (containerId: string, called: string) => ({ id: containerId, name: called, image: '', labels: {}, state: 'running' });
    const given = { instances: [adopted], check, depth: 'all', told: new Set<string>() } as const;
    const found = compareContainers({ ...given, containers: [listed(id, 'renamed'), listed('b'.repeat(64), 'web')] });
    expect(found).toMatchObject({ toInspect: [{ instance: { id: 'I1' }, containerId: id }], absent: [], surplus: [], foreign: 1 });
    const gone = compareContainers({ ...given, containers: [listed('b'.repeat(64), 'web'), listed('c'.repeat(64), id)] });
    expect(gone).toMatchObject({ toInspect: [], absent: [{ id: 'I1' }], surplus: [], foreign: 2 });
  });

  it('finds one of ours that has the name of an adopted row to be surplus', () => {
    const row = anInstance({ id: 'I2', entityId: 'WEB', containerName: name, state: 'running' });
    const adopted = { ...row, adopted: { containerId: 'a'.repeat(64), by: 'ann', at: 0 } };
    expect(compare(name, [adopted]).surplus).toMatchObject([{ containerId: 'c1' }]);
  });
});
