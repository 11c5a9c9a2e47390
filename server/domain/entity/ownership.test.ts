import { describe, expect, it } from 'vitest';
import {
  containerKey,
  containerName,
  isContainerOf,
  LABEL,
  type Ownership,
  ownershipLabels,
  parseContainerName,
  parseVolumeName,
  readOwnership,
  volumeName,
} from './ownership.ts';

const sign = (text: string): string => `signed(${text})`;
const check = { planeId: 'abc123', verify: (text: string, signature: string) => signature === sign(text) };
const name = containerName('abc123', '01JABCDEFGHJKMNPQRSTVWXYZ0', 3);
const ownership: Ownership = {
  planeId: 'abc123',
  name,
  applicationId: 'app',
  entityId: '01JABCDEFGHJKMNPQRSTVWXYZ0',
  instanceId: 'instance',
  incarnation: 3,
  specHash: 'f00d',
};

describe('ownership', () => {
  it('reads back what it labelled', () => {
    expect(readOwnership(name, ownershipLabels(ownership, sign), check)).toEqual(ownership);
  });

  it('takes labels copied to a container of another name for foreign', () => {
    expect(readOwnership('web', ownershipLabels(ownership, sign), check)).toBeNull();
  });

  it('takes another plane, a changed entity, a changed spec hash, a missing or a wrong signature for foreign', () => {
    const labels = ownershipLabels(ownership, sign);
    const changed: Record<string, string>[] = [
      { [LABEL.plane]: 'zzz999' },
      { [LABEL.entity]: 'other' },
      { [LABEL.spec]: 'beef' },
      { [LABEL.signature]: '' },
      { [LABEL.signature]: 'guess' },
    ];
    for (const change of changed) expect(readOwnership(name, { ...labels, ...change }, check)).toBeNull();
    expect(readOwnership(name, {}, check)).toBeNull();
  });

  it('parses its own names and no others', () => {
    expect(parseContainerName(name)).toEqual({ planeId: 'abc123', entityId: '01jabcdefghjkmnpqrstvwxyz0', incarnation: 3 });
    expect(parseVolumeName(volumeName('abc123', '01JABC', 'my-data'))).toEqual({
      planeId: 'abc123',
      entityId: '01jabc',
      logicalName: 'my-data',
    });
    for (const other of ['ck-abc123-web', 'ck-abc123-e-0', 'ck-abc123-e-01', 'nginx', 'ck--e-1', 'ckv-abc123-e']) {
      expect(parseContainerName(other)).toBeNull();
      expect(parseVolumeName(other)).toBeNull();
    }
  });

  it('takes an adopted container for ours by its whole id alone, whatever it is called and labelled', () => {
    const id = 'a'.repeat(64);
    const row = { containerName: 'web', containerId: null, adopted: { containerId: id, by: 'ann', at: 0 } };
    expect(isContainerOf(row, { id, labels: {} }, check)).toBe(true);
    expect(isContainerOf(row, { id: 'b'.repeat(64), labels: {} }, check)).toBe(false);
    expect(isContainerOf(row, { id: 'b'.repeat(64), labels: ownershipLabels({ ...ownership, name: 'web' }, sign) }, check)).toBe(false);
    expect(isContainerOf({ ...row, adopted: undefined } as never, { id, labels: {} }, check)).toBe(false);
    expect(containerKey(row)).toBe(id);
    expect(containerKey({ containerName: name, containerId: null })).toBe(name);
  });
});
