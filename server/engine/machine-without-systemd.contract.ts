import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Client, connect } from '../cli/client/connect.ts';
import type { DockerCli } from '../plugins/hosts/lab/docker-cli.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import type { ProvisionedMachine } from '../plugins/hosts/lab/lab-machines.ts';
import { labUp } from '../plugins/hosts/lab/lab-up.ts';
import { observeLab } from '../plugins/hosts/lab/observe-lab.ts';
import { prepareEngine } from '../plugins/hosts/lab/prepare-lab.ts';
import { testLab } from '../testing/test-lab.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MINUTES = 60_000;
const LAB = 'plaintest';
const { lab } = testLab(LAB);
const NO_TUNNEL = `mkdir -p /etc/ssh/sshd_config.d
echo 'AllowStreamLocalForwarding no' > /etc/ssh/sshd_config.d/lab.conf
mv /usr/bin/docker /usr/bin/docker.away
kill -HUP $(cat /run/sshd.pid)`;
const TUNNEL = `rm /etc/ssh/sshd_config.d/lab.conf
mv /usr/bin/docker.away /usr/bin/docker
kill -HUP $(cat /run/sshd.pid)`;

let docker: DockerCli;
let server: TestServer;
let client: Client;
let machine: ProvisionedMachine;
let container: string;
let cloudId: string;
let credentialId: string;

beforeAll(async () => {
  await labDown(lab);
  ({ docker } = await prepareEngine(lab));
  const [made] = await labUp(lab, { count: 1, memoryBytes: 512 * 1024 ** 2, init: 'plain' });
  const [host] = (await observeLab(docker, LAB)).hosts;
  if (!made || !host) throw new Error('the lab made no host');
  machine = made;
  container = host.container;
  server = await startTestServer();
  const { token } = await server.user('ann', [{ role: 'admin', scope: 'system' }]);
  client = connect({ url: server.url, token });
  ({ cloudId } = await client.api.cloud.create.mutate({ name: 'plain' }));
  ({ credentialId } = await client.api.credential.create.mutate({ name: 'lab-key', privateKey: machine.privateKeyPem }));
}, 8 * MINUTES);

afterAll(async () => {
  await client.close();
  await server.stop();
  await labDown(lab);
}, 5 * MINUTES);

/** Runs as root on the machine. */
const onMachine = (script: string) => docker.must(['exec', container, 'sh', '-ec', script], { timeoutMs: 5 * MINUTES });
/** As an unprivileged user, as most people are. */
const place = () => ({ name: 'plain', address: machine.address, user: 'lab', credentialId, hostKey: machine.hostKey });

/** An sshd or an engine that was told of something takes a moment. */
const see = (wanted: object) => vi.waitFor(async () => expect(await troubles()).toEqual(wanted), { timeout: 20_000, interval: 200 });

/** What is not well, and what to do. */
async function troubles(): Promise<Readonly<Record<string, string>>> {
  const checks = await client.api.host.checkMachine.mutate({ cloudId, ...place() });
  return Object.fromEntries(
    checks.flatMap(({ name, state, fix }) => (state === 'failed' || state === 'warning' ? [[name, fix ?? '']] : [])),
  );
}

it.each([
  ['sudo', 'mv /etc/sudoers.d/lab /root/lab', 'mv /root/lab /etc/sudoers.d/lab', /NOPASSWD/],
  ['permission', 'gpasswd -d lab docker', 'gpasswd -a lab docker', /usermod -aG docker lab/],
  ['forwarding', NO_TUNNEL, TUNNEL, /AllowStreamLocalForwarding/],
  ['engine', 'service docker stop', 'service docker start', /sudo service docker start/],
  ['disk', 'mount -t tmpfs -o size=1g tmpfs /var/lib/docker', 'umount /var/lib/docker', /docker system df/],
])('names the trouble of %s on a real machine, alone, and what to do about it', async (name, harm, mend, fix) => {
  await see({});
  await onMachine(harm);
  try {
    await see({ [name]: expect.stringMatching(fix) });
  } finally {
    await onMachine(mend);
  }
  await see({});
});

it('starts an engine where service or openrc starts services', async () => {
  await onMachine('service docker stop');
  const { hostId } = await client.api.host.add.mutate({ cloudId, ...place(), setUp: true });
  expect(await setUpSteps(hostId)).toEqual(['Start Docker Engine, now and at each boot', 'Run a container']);
  await onMachine('service docker status; ls /etc/rc2.d/S*docker');

  await onMachine(
    'apt-get update -q && apt-get install -y --no-install-recommends openrc && mkdir -p /run/openrc && touch /run/openrc/softlevel',
  );
  await onMachine('service docker stop');
  await see({ engine: 'Start it on the machine: sudo rc-service docker start' });
  await client.api.host.setUp.mutate({ hostId });
  expect(await setUpSteps(hostId)).toEqual(['Start Docker Engine, now and at each boot', 'Run a container']);
  expect(await onMachine('rc-service docker status; rc-update show default')).toMatch(/docker/);
});

/** Of the last set-up, once it is done. */
async function setUpSteps(hostId: string): Promise<readonly string[]> {
  const host = () => client.api.host.get.query({ hostId });
  await vi.waitFor(async () => expect((await host()).setUp?.state).toBe('done'), { timeout: 3 * MINUTES, interval: 200 });
  await vi.waitFor(async () => expect((await host()).state).toBe('ready'), { timeout: MINUTES, interval: 200 });
  const tasks = (await client.api.task.list.query({ hostId, limit: 100 })).toSorted((a, b) => a.startedAt - b.startedAt);
  const last = tasks.findLast(({ name }) => name.startsWith('Set up '));
  return tasks.filter(({ parentId }) => parentId === last?.id).map(({ name }) => name);
}
