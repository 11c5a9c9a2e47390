import { z } from 'zod';
import { OVERLAY_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostNetwork, HostNetworks, RootShell, SdnProvider, SdnStep } from '../../ports/sdn-provider.ts';
import { isOf } from './attaching/attach-by-cni.ts';
import { type CniContainer, readHost } from './attaching/read-host.ts';
import { wayOutBridge } from './attaching/way-out-bridge.ts';
import { assembleBy, overlayName } from './overlay/assemble-swarm.ts';
import { ATTACH, DETACH, OBSERVE } from './overlay/attach-scripts.ts';
import { fenceOf } from './overlay/fence.ts';
import { folderOf } from './overlay/marks.ts';

const config = z.strictObject(OVERLAY_CONFIG);

/** What a VXLAN packet has around it; Docker takes what encryption adds off by itself. */
const OVERHEAD_BYTES = 50;

export interface OverlayHost {
  readonly containers: readonly CniContainer[];
  /** `<network's name> <container's id>` → address, of all that are on overlay networks of the plane here. */
  readonly attached: ReadonlyMap<string, string>;
  /** Files of ours: `<network's name>-<container's id>`, written before anything is attached. */
  readonly marks: readonly string[];
}

export interface OverlayStep extends SdnStep {
  readonly verb: 'attach' | 'detach';
  /** Folder, network's name, container's id, address. */
  readonly words: readonly string[];
}

/**
 * Docker's own overlay networks: the hosts of a cloud are one Swarm, and containers are put on its attachable networks with the addresses of the store,
 * beside the bridge of their host, which is their way out.
 */
export const plugin: SdnProvider<OverlayHost, OverlayStep> = {
  id: 'overlay',
  title: 'Overlay',
  description: 'Docker’s own overlay networks, in a Swarm of the hosts.',
  aliases: ['overlay-network', 'OverlayNetwork'],
  config,
  commands: ['docker', 'ip'],
  overheadBytes: OVERHEAD_BYTES,
  attaches: true,
  withoutLiveRestore: true,
  assembly: assembleBy(isEncrypted),
  fence: fenceOf,
  definition: wayOutBridge,
  observe,
  plan,
  apply,
};

function isEncrypted({ networking }: Pick<HostNetwork, 'networking'>): boolean {
  return String(config.parse(networking.config)['overlay.encrypted']).trim().toLowerCase() === 'true';
}

async function observe(shell: RootShell, { planeId, networks }: HostNetworks): Promise<OverlayHost> {
  const keys = networks.flatMap(({ endpoints }) => endpoints.flatMap(({ container }) => container?.key ?? []));
  const { output } = await shell.run(OBSERVE, [`${planeId} ${folderOf(planeId)}/overlay`, ...new Set(keys)].join('\n'));
  const lines = output.split('\n').map((line) => line.trim().split(' '));
  const attached = lines.flatMap(([word, name, id, address = '']): [string, string][] =>
    word === 'on' ? [[`${name} ${id}`, address.replace(/\/\d+$/, '')]] : [],
  );
  const marks = lines.flatMap(([word, name]) => (word === 'mark' && name ? [name] : []));
  return { containers: readHost(output).containers, attached: new Map(attached), marks };
}

function plan({ planeId, networks }: HostNetworks, { containers, attached, marks }: OverlayHost): readonly OverlayStep[] {
  const folder = `${folderOf(planeId)}/overlay`;
  const joins = networks.flatMap(({ id: networkId, vni, endpoints }) =>
    endpoints.flatMap(({ address, container }) => {
      const found = container && containers.find((one) => isOf(container, one));
      return found?.inode ? [{ networkId, name: overlayName(vni), id: found.id, address }] : [];
    }),
  );
  const kept = new Set(joins.map(({ name, id }) => `${name}-${id}`));
  const isOn = ({ name, id, address }: (typeof joins)[number]): boolean => attached.get(`${name} ${id}`) === address;
  const wrong = joins.filter((join) => !isOn(join));
  return [
    ...marks
      .filter((mark) => !kept.has(mark))
      .map((mark): OverlayStep => {
        const [name = '', id = ''] = mark.split('-');
        return { verb: 'detach', text: `Detach container ${id.slice(0, 12)} from ${name}`, words: [folder, name, id] };
      }),
    ...joins
      .filter((join) => wrong.includes(join) || !marks.includes(`${join.name}-${join.id}`))
      .map(({ networkId, name, id, address }): OverlayStep => {
        const text = `Attach ${address} to container ${id.slice(0, 12)}`;
        return { verb: 'attach', networkId, text, words: [folder, name, id, address] };
      }),
  ];
}

/** All are tried, in order. Errors: network.refused with what Docker said of the first that failed. */
async function apply(shell: RootShell, steps: readonly OverlayStep[]): Promise<void> {
  const failures: string[] = [];
  for (const { verb, text, words } of steps) {
    const { output, code } = await shell.run(verb === 'attach' ? ATTACH : DETACH, words.join(' '));
    if (code === 0) continue;
    failures.push(`${text}: ${output.trim().split('\n').slice(-2).join(' / ') || `docker failed with status ${code}`}`);
  }
  const [message] = failures;
  if (message === undefined) return;
  const hint = 'Managers of the Swarm give the addresses: hosts reach each other by TCP 2377 and 7946, UDP 7946 and 4789.';
  throw new ClockerError('network.refused', { message, hint, retryable: true });
}
