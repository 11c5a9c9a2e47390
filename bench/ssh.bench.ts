import http from 'node:http';
import { createSystemClock } from '../server/adapters/clock/system-clock.ts';
import { createHostConnector } from '../server/adapters/ssh/create-host-connector.ts';
import { quietLog } from '../server/testing/quiet-log.ts';
import { alternate, type Bench, median, rounded, summarise } from './support/bench.ts';
import { ensureBenchHost } from './support/bench-host.ts';
import { forwardByOpenSsh } from './support/open-ssh.ts';

const CALLS = 500;
const PARALLEL = 32;
const ABSENT = 'bench-absent';

/**
 * What SSH costs: the same calls through the kept connection and on the host's own socket. Throughput is measured with inspections of a
 * container that is not there: the cheapest call that shares the channels of all others, as the liveness call has its own two. What the
 * protocol costs whoever speaks it tells OpenSSH's own client, which forwards the same socket.
 */
export const bench: Bench = {
  name: 'ssh',
  what: `p50 of ${CALLS} pings over SSH against the same host's local socket; inspections a second at ${PARALLEL} in parallel`,
  async run({ rounds, say, signal }) {
    const host = await ensureBenchHost();
    const connector = createHostConnector({ clock: createSystemClock(), log: quietLog() });
    const session = connector.session({ ...host, privateKey: host.privateKeyPem });
    const agent = new http.Agent({ keepAlive: true, maxSockets: PARALLEL });
    const openSsh = await forwardByOpenSsh(host);
    try {
      await session.connect();
      const overSsh = () => session.engine.ping();
      const local = () => get(host.socketPath, '/_ping', agent);
      const byOpenSsh = () => get(openSsh.socketPath, '/_ping', agent);
      const inspectOverSsh = async () => void (await session.engine.inspectContainer(ABSENT));
      const inspectLocally = () => get(host.socketPath, `/containers/${ABSENT}/json`, agent);
      for (const call of [overSsh, local, byOpenSsh, inspectOverSsh, inspectLocally])
        await Promise.all(Array.from({ length: PARALLEL }, call));
      const dialsBefore = session.dials;
      const latency = await alternate(
        { rounds: rounds ?? 9, say, signal },
        () => p50(overSsh),
        () => p50(local),
      );
      const floor = await alternate(
        { rounds: rounds ?? 9, say, signal },
        () => p50(overSsh),
        () => p50(byOpenSsh),
      );
      const throughput = await alternate(
        { rounds: rounds ?? 9, say, signal },
        () => perSecond(inspectOverSsh),
        () => perSecond(inspectLocally),
      );
      const result = summarise(latency);
      const handshakes = session.dials - dialsBefore;
      const rate = summarise(throughput);
      const protocol = summarise(floor);
      return {
        name: 'ssh',
        unit: 'ms p50',
        ...result,
        target: 'latency <= 1.5 x local, 0 handshakes a call',
        met: result.ratio <= 1.5 && handshakes === 0,
        detail: {
          handshakes,
          openSsh: protocol.reference,
          toOpenSsh: protocol.ratio,
          throughputOurs: rate.ours,
          throughputLocal: rate.reference,
          throughputRatio: rate.ratio,
        },
      };
    } finally {
      agent.destroy();
      await openSsh.close();
      await session.close();
    }
  },
};

async function p50(call: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < CALLS; n++) {
    const begun = performance.now();
    await call();
    times.push(performance.now() - begun);
  }
  return rounded(median(times));
}

async function perSecond(call: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  const lane = async () => {
    for (let n = 0; n < CALLS / 4; n++) await call();
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  return (PARALLEL * (CALLS / 4)) / ((performance.now() - begun) / 1000);
}

function get(socketPath: string, path: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get({ socketPath, path, agent }, (response) => {
        response.resume().on('end', resolve).on('error', reject);
      })
      .on('error', reject);
  });
}
