import http from 'node:http';
import { ensureTestLab } from '../e2e/support/lab-hosts.ts';
import { createSystemClock } from '../server/adapters/clock/system-clock.ts';
import { createHostConnector } from '../server/adapters/ssh/create-host-connector.ts';
import { quietLog } from '../server/testing/quiet-log.ts';
import { alternate, type Bench, median, rounded, summarise } from './support/bench.ts';

const CALLS = 500;
const PARALLEL = 32;

/** What SSH costs: `/_ping` through the kept connection against the host's own socket. */
export const bench: Bench = {
  name: 'ssh',
  what: `p50 of ${CALLS} pings over SSH against the same host's local socket; throughput at ${PARALLEL} in parallel`,
  async run({ rounds, say }) {
    const { hosts } = await ensureTestLab(1);
    const [host] = hosts;
    if (!host) throw new Error('the lab has no host');
    const connector = createHostConnector({ clock: createSystemClock(), log: quietLog() });
    const session = connector.session({ ...host, privateKey: host.privateKeyPem });
    const agent = new http.Agent({ keepAlive: true, maxSockets: PARALLEL });
    try {
      await session.connect();
      const overSsh = () => session.engine.ping();
      const local = () => ping(host.socketPath, agent);
      await Promise.all(Array.from({ length: PARALLEL }, overSsh));
      await Promise.all(Array.from({ length: PARALLEL }, local));
      const dialsBefore = session.dials;
      const latency = await alternate(
        rounds ?? 9,
        () => p50(overSsh),
        () => p50(local),
        say,
      );
      const throughput = await alternate(
        rounds ?? 9,
        () => perSecond(overSsh),
        () => perSecond(local),
        say,
      );
      const result = summarise(latency);
      const handshakes = session.dials - dialsBefore;
      const rate = summarise(throughput);
      return {
        name: 'ssh',
        unit: 'ms p50',
        ...result,
        target: 'latency <= 1.5 x local, 0 handshakes a call',
        met: result.ratio <= 1.5 && handshakes === 0,
        detail: { handshakes, throughputOurs: rate.ours, throughputLocal: rate.reference, throughputRatio: rate.ratio },
      };
    } finally {
      agent.destroy();
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

function ping(socketPath: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get({ socketPath, path: '/_ping', agent }, (response) => {
        response.resume().on('end', resolve).on('error', reject);
      })
      .on('error', reject);
  });
}
