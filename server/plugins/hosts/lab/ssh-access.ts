import type { LabWorld } from './lab-world.ts';

export interface SshTarget {
  readonly name: string;
  readonly address: string;
}

/** Writes `ssh_config` and `known_hosts` into the lab's folder: `ssh -F …/ssh_config host-1` then works without a question. */
export async function writeSshAccess(world: LabWorld, hosts: readonly SshTarget[]): Promise<void> {
  const keys = await Promise.all(
    hosts.map(async (host) => ({ host, publicKey: await world.files.readText(`${world.paths.hostKeys}/${host.name}.pub`) })),
  );
  const known = keys.flatMap(({ host, publicKey }) => {
    const [type, base64] = publicKey?.split(' ') ?? [];
    return type && base64 ? [`${host.address},${host.name} ${type} ${base64.trim()}\n`] : [];
  });
  await world.files.writeText(`${world.paths.labFolder}/known_hosts`, known.join(''));
  await world.files.writeText(configPath(world), toSshConfig(world.paths.labFolder, hosts));
}

/** Prefix of a command on a host; the host's key has to be the one that the lab gave it. */
export function sshCommand(world: LabWorld, host: string): readonly string[] {
  return ['ssh', '-n', '-F', configPath(world), host];
}

function configPath(world: LabWorld): string {
  return `${world.paths.labFolder}/ssh_config`;
}

function toSshConfig(folder: string, hosts: readonly SshTarget[]): string {
  const all = [
    'Host *',
    '  User root',
    `  IdentityFile ${folder}/id_ed25519`,
    '  IdentitiesOnly yes',
    '  IdentityAgent none',
    '  BatchMode yes',
    '  StrictHostKeyChecking yes',
    `  UserKnownHostsFile ${folder}/known_hosts`,
    '  GlobalKnownHostsFile none',
    '  LogLevel ERROR',
    '  ConnectTimeout 2',
    '  ServerAliveInterval 5',
  ];
  const each = hosts.flatMap((host) => [`Host ${host.name}`, `  HostName ${host.address}`, `  HostKeyAlias ${host.name}`]);
  return `${[...all, ...each].join('\n')}\n`;
}
