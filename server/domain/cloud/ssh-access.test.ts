import { describe, expect, it } from 'vitest';
import { parseLocation } from '../blueprint/location/parse-location.ts';
import { machineLocations } from './machine-locations.ts';
import { listedMachines, nameOfKeyFile } from './ssh-access.ts';

function machines(text: string) {
  return machineLocations(parseLocation(text).spec ?? { kind: '', target: '', options: {} }).flatMap(({ options }) =>
    listedMachines(options),
  );
}

describe('machines of a location', () => {
  it('are those of its ranges with user and port, each once', () => {
    const found = machines('byon:(hosts="ann@10.0.0.{1,2}:2222,ann@10.0.0.1:2222",user=root)');
    expect(found.map(({ machine, user }) => `${user}@${machine}`)).toEqual(['ann@10.0.0.1:2222', 'ann@10.0.0.2:2222']);
  });

  it('come from the targets of a multi in their order, one of a host, and by name from the lab', () => {
    const spec = parseLocation('multi:(targets="host:(10.0.0.1),byon:(hosts=10.0.0.2),lab,localhost")').spec;
    const kinds = machineLocations(spec ?? { kind: '', target: '', options: {} }).map(({ kind }) => kind);
    expect(kinds).toEqual(['byon', 'byon', 'lab', 'localhost']);
  });

  it('are logged in to with the credential that is named, or called like the file of the key', () => {
    expect(machines('byon:(hosts=10.0.0.1,credential=production)')[0]?.credential).toBe('production');
    expect(machines('byon:(hosts=10.0.0.1,privateKeyFile=~/.ssh/Production_Key.pem)')[0]?.credential).toBe('production-key');
    expect(nameOfKeyFile({})).toBeUndefined();
  });

  it('have a key that is pinned, trusted at first use by choice, or asked for', () => {
    expect(machines('byon:(hosts=10.0.0.1,hostKey=SHA256:abc)')[0]).toMatchObject({ fingerprint: 'SHA256:abc', trustOnFirstUse: false });
    expect(machines('byon:(hosts=10.0.0.1,trustOnFirstUse=true)')[0]).toMatchObject({ fingerprint: undefined, trustOnFirstUse: true });
  });
});
