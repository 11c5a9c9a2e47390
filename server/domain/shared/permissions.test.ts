import { describe, expect, it } from 'vitest';
import { allows, type Binding, cutBindings, permissionsOf } from './permissions.ts';

const cloudOf = (applicationId: string) => (applicationId === 'shop' ? 'east' : undefined);
const shop = ['application:shop', 'cloud:east', 'system'];

describe('allows', () => {
  it('gives viewers reading, operators operating and administrators everything', () => {
    const may = (role: Binding['role']) =>
      (['read', 'operate', 'terminal', 'administer', 'host-terminal'] as const).filter((permission) =>
        allows([{ role, scope: 'system' }], permission, []),
      );
    const operating = ['read', 'operate', 'terminal'];
    expect([may('viewer'), may('operator'), may('admin')]).toEqual([['read'], operating, [...operating, 'administer', 'host-terminal']]);
    expect(permissionsOf('operator')).toEqual(may('operator'));
  });

  it('counts a role on anything that includes what is asked for, and on nothing else', () => {
    const operator = (scope: Binding['scope']) => allows([{ role: 'operator', scope }], 'operate', shop);
    expect([operator('system'), operator('cloud:east'), operator('application:shop')]).toEqual([true, true, true]);
    expect([operator('cloud:west'), operator('application:other')]).toEqual([false, false]);
    expect(allows([{ role: 'admin', scope: 'application:shop' }], 'read', ['system'])).toBe(false);
    expect(allows([], 'read', shop)).toBe(false);
  });
});

describe('cutBindings', () => {
  it('takes the weaker role in the narrower scope', () => {
    const cut = (wanted: Binding, ...bindings: Binding[]) => cutBindings(wanted, bindings, cloudOf);
    expect(cut({ role: 'admin', scope: 'system' }, { role: 'viewer', scope: 'cloud:east' })).toEqual([
      { role: 'viewer', scope: 'cloud:east' },
    ]);
    expect(cut({ role: 'viewer', scope: 'application:shop' }, { role: 'admin', scope: 'cloud:east' })).toEqual([
      { role: 'viewer', scope: 'application:shop' },
    ]);
    expect(cut({ role: 'viewer', scope: 'application:shop' }, { role: 'admin', scope: 'cloud:west' })).toEqual([]);
    expect(cut({ role: 'viewer', scope: 'application:gone' }, { role: 'admin', scope: 'cloud:east' })).toEqual([]);
    expect(cut({ role: 'operator', scope: 'cloud:east' }, { role: 'admin', scope: 'application:shop' })).toEqual([
      { role: 'operator', scope: 'application:shop' },
    ]);
  });

  it('names each common right once', () => {
    const bindings: Binding[] = [
      { role: 'admin', scope: 'system' },
      { role: 'operator', scope: 'cloud:east' },
    ];
    expect(cutBindings({ role: 'viewer', scope: 'cloud:east' }, bindings, cloudOf)).toEqual([{ role: 'viewer', scope: 'cloud:east' }]);
  });
});
