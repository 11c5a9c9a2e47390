import { createHash } from 'node:crypto';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { addressIn, chooseSubnet, LAN_NUMBERS, toRoutedSubnets } from './choose-subnet.ts';
import type { DockerCli } from './docker-cli.ts';
import { toLabelArguments } from './lab-labels.ts';
import { type LabWorld, lastLines } from './lab-world.ts';
import { lanName } from './observe-lab.ts';

/** Makes the LAN on a /24 that nothing on this machine uses. Returns the subnet. Errors: lab.failed. */
export async function createLan(world: LabWorld, docker: DockerCli): Promise<string> {
  const { name } = world.settings;
  const routes = await world.exec.run(['ip', '-o', '-4', 'route', 'show', 'table', 'all']);
  const taken = [...toRoutedSubnets(routes.stdout), ...(await engineSubnets(docker))];
  const refused: string[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const subnet = chooseSubnet([...taken, ...refused], LAN_NUMBERS);
    if (!subnet) break;
    const address = ['--subnet', subnet, '--gateway', addressIn(subnet, 1)];
    const bridge = ['--opt', `com.docker.network.bridge.name=${bridgeName(name)}`];
    const made = await docker.run([
      'network',
      'create',
      '--driver',
      'bridge',
      ...address,
      ...bridge,
      ...toLabelArguments(name, 'lan'),
      lanName(name),
    ]);
    if (made.code === 0) return subnet;
    // Another lab took the same subnet between the look and the act.
    if (!/overlaps|pool/i.test(made.stderr)) {
      throw new ClockerError('lab.failed', { message: `Cannot make the lab's network: ${lastLines(made.stderr)}` });
    }
    refused.push(subnet);
  }
  throw new ClockerError('lab.failed', {
    message: 'No 10.72.x.0/24 network is free on this machine',
    hint: 'Remove labs that are no longer needed: clocker lab down.',
  });
}

/** Interface names have at most 15 characters. */
export function bridgeName(lab: string): string {
  return `lab-${lab.slice(0, 5)}-${createHash('sha256').update(lab).digest('hex').slice(0, 5)}`;
}

async function engineSubnets(docker: DockerCli): Promise<readonly string[]> {
  const ids = (await docker.must(['network', 'ls', '--quiet'])).split('\n').filter(Boolean);
  const listed = await docker.must(['network', 'inspect', '--format', '{{range .IPAM.Config}}{{.Subnet}} {{end}}', ...ids]);
  return listed.split(/\s+/).filter(Boolean);
}
