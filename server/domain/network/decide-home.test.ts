import { describe, expect, it } from 'vitest';
import type { HostId } from '../shared/ids.ts';
import { decideHome, type TiedEntity } from './decide-home.ts';

const host = (id: string) => id as HostId;
const tied = (name: string, ties: readonly string[], fields: Partial<TiedEntity> = {}): TiedEntity => ({
  ...{ id: name, name, ties, dataHostId: null, hostId: null, since: 0 },
  ...fields,
});

describe('decideHome', () => {
  it('leaves alone what shares nothing, and the first of a group', () => {
    const db = tied('db', ['network back'], { hostId: host('h1') });
    expect(decideHome(tied('web', []), [db])).toEqual({ kind: 'anywhere' });
    expect(decideHome(db, [db, tied('web', ['network front'], { hostId: host('h2') })])).toEqual({ kind: 'anywhere' });
  });

  it('follows the oldest container of the group, also one that is tied through others only', () => {
    const others = [
      tied('db', ['network back'], { hostId: host('h1'), since: 5 }),
      tied('proxy', ['network front', 'network back']),
      tied('cache', ['network back'], { hostId: host('h2'), since: 9 }),
    ];
    expect(decideHome(tied('web', ['network front']), others)).toEqual({
      kind: 'host',
      hostId: 'h1',
      because: 'with the others of network front',
    });
    expect(decideHome(tied('job', ['network back']), others)).toEqual({
      kind: 'host',
      hostId: 'h1',
      because: 'with the others of network back',
    });
  });

  it('goes to where the data is, whatever is elsewhere', () => {
    const db = tied('db', ['network back'], { dataHostId: host('h1') });
    const web = tied('web', ['network back'], { hostId: host('h2') });
    expect(decideHome(web, [db, web])).toEqual({ kind: 'host', hostId: 'h1', because: 'with the data of db' });
    expect(decideHome(db, [db, web])).toEqual({ kind: 'host', hostId: 'h1', because: 'its data is there' });
  });

  it('says what cannot be: data on two hosts', () => {
    const one = tied('one', ['volume shared'], { dataHostId: host('h1') });
    const two = tied('two', ['volume shared'], { dataHostId: host('h2') });
    expect(decideHome(tied('web', ['volume shared']), [one, two])).toEqual({
      kind: 'torn',
      reason: 'one and two have their data on different hosts, and volume shared needs them on one',
    });
  });
});
