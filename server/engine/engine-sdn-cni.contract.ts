import { expect, it, vi } from 'vitest';
import { describeSdnProvider } from '../testing/sdn-provider-suite.ts';

/** For each running container, its process; then links of CNI within. */
const EACH = `for p in $(docker ps -q | xargs -r docker inspect --format '{{.State.Pid}}'); do`;
const LINKS = `nsenter --target $p --net ip -o link | grep -o ' ck[0-9a-z]*@' | tr -d ' @'`;

describeSdnProvider({
  type: 'cni-network',
  labName: 'cnitest',
  reach: 'cloud',
  keepsAddresses: true,
  mtu: 1500,
  damage: `${EACH} for l in $(${LINKS}); do nsenter --target $p --net ip link del $l; done; done
pkill dnsmasq
${EACH} ${LINKS}; done | wc -l`,
  state: `find /run/clocker -path '*/cni/*' -type f | sort | xargs -r sha256sum; ${EACH} nsenter --target $p --net ip -j addr | sha256sum; done`,
  leftovers: `find /run/clocker -path '*/cni*' 2>/dev/null | wc -l; ip -o link | grep -c macvlan`,
  own({ shop, reaches, onHost, addressOf }) {
    it('put the interface in again when a container was started anew by its engine', async () => {
      const all = await shop();
      const [from, to] = [all.get('web-1'), all.get('web-3')];
      const address = addressOf(to, 'back');
      const startedAt = () => onHost(to?.hostId, `docker inspect --format '{{.State.StartedAt}} {{.State.Running}}' ${to?.containerId}`);
      const before = await startedAt();
      await onHost(to?.hostId, `docker restart --time 1 ${to?.containerId} >/dev/null 2>&1 &`);
      await vi.waitFor(async () => expect([(await startedAt()).endsWith('true'), (await startedAt()) !== before]).toEqual([true, true]), {
        timeout: 60_000,
      });
      await vi.waitFor(async () => expect(await reaches(from, address)).toBe(true), { timeout: 30_000 });
    });

    it('keep what CHECK compares with, of each container that is attached', async () => {
      const one = (await shop()).get('web-2');
      const files = `find /run/clocker -path '*/cni/*-${one?.containerId}.result'`;
      expect(await onHost(one?.hostId, `${files} | xargs cat`)).toContain(`"${addressOf(one, 'back')}/24"`);
      expect(await onHost(one?.hostId, `${files} | wc -l`)).toBe('2');
    });
  },
});
