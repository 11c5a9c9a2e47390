import { createHash } from 'node:crypto';
import { type CniConflist, cniArgs, cniCalls } from '../../../domain/network/cni-conflist.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { HostContainer, HostNetwork, HostNetworks, RootShell, SdnStep } from '../../../ports/sdn-provider.ts';
import { type Attached, type CniContainer, type CniHost, readHost, withChecked } from './read-host.ts';
import { ADD, CHECK, DEL, OBSERVE } from './scripts.ts';

export interface CniStep extends SdnStep {
  readonly kind: 'add' | 'del';
  /** What its script names where it fails. */
  readonly subject: string;
  readonly input: string;
}

/** What containers of one network are attached by. */
export interface CniSettings {
  readonly conflist: CniConflist;
  /** Folders on the host, with colons between them. */
  readonly path: string;
}

export interface CniAttaching {
  /** Letters: its folder on hosts is called so. */
  readonly id: string;
  readonly settingsOf: (network: Pick<HostNetwork, 'networking'>) => CniSettings;
}

/** Commands of a host without which nothing is executed. */
export const CNI_COMMANDS = ['docker', 'ip', 'nsenter'];

/**
 * CHECK is executed in a thorough look where nothing is to be done otherwise: nobody waits for his interface while those of others are looked at. Errors:
 * network.refused where commands are missing.
 */
export async function observeCni(attaching: CniAttaching, shell: RootShell, wanted: HostNetworks): Promise<CniHost> {
  const all = wanted.networks.map(attaching.settingsOf);
  const types = [...new Set(all.flatMap(({ conflist }) => typesOf(conflist)))];
  const path = pathOf(all);
  const containers = wanted.networks.flatMap(({ endpoints }) => endpoints.flatMap(({ container }) => container?.key ?? []));
  const folder = folderOf(attaching.id, wanted.planeId);
  const head = `${folder} ${path}\n${types.join(' ')}`;
  const { output } = await shell.run(OBSERVE, [head, ...new Set(containers)].join('\n'));
  const host = readHost(output);
  if (wanted.networks.length === 0) return host;
  if (host.missing.length > 0) {
    throw new ClockerError('network.refused', {
      message: `${wanted.hostName} has no ${host.missing.join(', ')}, by which its containers are attached`,
      hint: 'Install them on it: iproute2, util-linux and the command docker.',
    });
  }
  const checks = all.every(({ conflist }) => conflist.checks);
  if (!wanted.isThorough || !checks || host.attached.length === 0 || planCni(attaching, wanted, host).length > 0) return host;
  const checked = await shell.run(CHECK, folder);
  return withChecked(host, checked.output);
}

/** Where a plug-in is missing what was attached by the others can be given back. */
export function refusalOfCni(attaching: CniAttaching, { hostName, networks }: HostNetworks, { absent }: CniHost): ClockerError | null {
  if (absent.length === 0) return null;
  return new ClockerError('network.refused', {
    message: `${hostName} has no plug-in ${absent.join(', ')} of CNI in ${pathOf(networks.map(attaching.settingsOf))}`,
    hint: 'Install it there (Debian: containernetworking-plugins), or give its folder as cni.path.',
  });
}

/** Networks keep the settings that they were made with: each may have folders of its own. */
function pathOf(all: readonly CniSettings[]): string {
  return [...new Set(all.flatMap(({ path }) => path.split(':')))].join(':') || '/';
}

/** The plug-ins of addresses are executed by the first of the list. */
function typesOf({ plugins }: CniConflist): readonly string[] {
  const { ipam } = plugins[0].config;
  const given = typeof ipam === 'object' && ipam !== null && 'type' in ipam ? String(ipam.type) : 'static';
  return [...plugins.map(({ type }) => type), given];
}

/** Pure. What is attached and not wanted as it is goes first: its address may be another's by now. */
export function planCni(attaching: CniAttaching, wanted: HostNetworks, host: CniHost): readonly CniStep[] {
  const folder = folderOf(attaching.id, wanted.planeId);
  const joins = wanted.networks.flatMap((network) => joinsOf({ attaching, wanted, network, host }));
  const isKept = (attached: Attached): boolean => joins.some((join) => isRight(join, attached));
  const left = host.attached.filter((attached) => !isKept(attached));
  const isThere = (join: Join): boolean => host.attached.some((attached) => isRight(join, attached));
  return [
    ...left.map(({ name, state }): CniStep => {
      // One that is to be there, and is not as it was made.
      const networkId = joins.find((join) => join.name === name)?.networkId;
      const words = { right: 'Detach', wrong: 'Undo what is left of', gone: 'Give back what was kept for' }[state];
      const text = `${words} container ${name.slice(name.indexOf('-') + 1, name.indexOf('-') + 13)}`;
      return { kind: 'del', text, subject: name, input: `${folder} ${name}`, ...(networkId === undefined ? {} : { networkId }) };
    }),
    ...joins
      .filter((join) => !isThere(join))
      .map(({ name, inode, pid, hash, id, address, calls, networkId, key, container }): CniStep => {
        const [path, args, ...lines] = calls;
        const head = `${folder} ${name} ck${key} ${address} ${hash} ${id} ${inode} ${pid} ${lines.length} ${container}`;
        const text = `Attach ${address} to container ${id.slice(0, 12)}`;
        return { kind: 'add', text, networkId, subject: address, input: [head, path, args, ...lines].join('\n') };
      }),
  ];
}

interface Join {
  readonly networkId: string;
  readonly key: string;
  readonly name: string;
  readonly id: string;
  readonly inode: string;
  readonly address: string;
  readonly pid: string;
  /** Its name and the label of its instance. */
  readonly container: string;
  /** Folders, arguments, then calls. */
  readonly calls: readonly string[];
  readonly hash: string;
}

interface Joining {
  readonly attaching: CniAttaching;
  readonly wanted: HostNetworks;
  readonly network: HostNetwork;
  readonly host: CniHost;
}

/** Of the containers that run. */
function joinsOf({ attaching, wanted, network, host }: Joining): readonly Join[] {
  const { conflist, path } = attaching.settingsOf(network);
  const key = keyOf(network.vni);
  const filled = { key, subnet: network.subnet, mtu: network.mtu, device: wanted.underlay.device };
  return network.endpoints.flatMap(({ container, ...endpoint }): Join[] => {
    const found = container && host.containers.find((one) => isOf(container, one));
    if (!found?.inode) return [];
    const lines = cniCalls(conflist, filled, endpoint).map(({ type, config }) => `${type} ${JSON.stringify(config)}`);
    const calls = [path, cniArgs(conflist, endpoint), ...lines];
    const hash = createHash('sha256').update(calls.join('\n')).digest('hex');
    const { id, inode, pid } = found;
    const named = `${found.name} ${found.instanceId ?? '-'}`;
    return [{ networkId: network.id, key, name: `${key}-${id}`, id, inode, pid, container: named, address: endpoint.address, calls, hash }];
  });
}

export function isOf({ key, instanceId }: HostContainer, { id, name, instanceId: labelled }: CniContainer): boolean {
  return instanceId === null ? id === key : (id === key || name === key) && labelled === instanceId;
}

function isRight({ name, inode, hash }: Join, attached: Attached): boolean {
  return attached.state === 'right' && attached.name === name && attached.inode === inode && attached.hash === hash;
}

/** So many in one script: well below what the held shell waits for. */
const AT_ONCE = 8;

/** All are tried, in order. Errors: network.refused with what a plug-in said of the first that failed. */
export async function applyCni(shell: RootShell, steps: readonly CniStep[]): Promise<void> {
  const failures: string[] = [];
  for (let at = 0; at < steps.length; ) {
    const kind = steps[at]?.kind;
    const rest = steps.slice(at, at + AT_ONCE);
    const other = rest.findIndex((step) => step.kind !== kind);
    const some = other < 0 ? rest : rest.slice(0, other);
    const { output, code } = await shell.run(kind === 'add' ? ADD : DEL, some.map(({ input }) => input).join('\n'));
    if (code !== 0) failures.push(failureOf(some, output.trim()));
    at += some.length;
  }
  const [message] = failures;
  if (message !== undefined) throw new ClockerError('network.refused', { message, retryable: true });
}

function failureOf(steps: readonly CniStep[], output: string): string {
  const [subject = ''] = output.split(' ', 1);
  const failed = steps.find((step) => step.subject === subject);
  return failed ? `${failed.text}: ${told(output.slice(subject.length).trim())}` : `Attaching containers: ${told(output)}`;
}

/** A plug-in tells an error as `{"code": …, "msg": …, "details": …}`. */
function told(output: string): string {
  const [, said] = /"msg":\s*"((?:[^"\\]|\\.)*)"/.exec(output) ?? [];
  const [, type] = /^([A-Za-z0-9._-]+): /.exec(output.trim()) ?? [];
  if (said !== undefined) return `${type ?? 'a plug-in'} says ${unquoted(said)}`;
  return output.trim().split('\n').slice(0, 2).join(' / ').slice(0, 500) || 'a plug-in failed without a word';
}

/** What is in the quotes of JSON; as it is where a plug-in has written it otherwise. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

function keyOf(vni: number): string {
  return vni.toString(36);
}

function folderOf(id: string, planeId: string): string {
  return `/run/clocker/${planeId}/${id}`;
}
