import { z } from 'zod';
import { WEAVE_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostNetworks, RootShell, SdnProvider, SdnStep } from '../../ports/sdn-provider.ts';
import { isOf } from './attaching/attach-by-cni.ts';
import { type CniContainer, readHost } from './attaching/read-host.ts';
import { CONTAINERS } from './attaching/scripts.ts';
import { wayOutBridge } from './attaching/way-out-bridge.ts';

/** Weave's own default on an underlay of 1500: 1376. */
const OVERHEAD_BYTES = 124;

export interface WeaveHost {
  readonly isRunning: boolean;
  readonly containers: readonly CniContainer[];
  /** `<12 first of a container's id> <address>/<prefix>`, by `weave ps`. */
  readonly attached: ReadonlySet<string>;
  /** Files of ours: `<container id>-<address>-<prefix>`, written before anything is attached. */
  readonly marks: readonly string[];
}

export interface WeaveStep extends SdnStep {
  readonly verb: 'attach' | 'detach';
  /** Folder, container's id, address, prefix. */
  readonly words: readonly [string, string, string, string];
}

/**
 * Weave's own router, which the host's owner has launched and connected to those of the other hosts: containers are attached and detached by its
 * command, with the addresses of the store. Weave keeps networks apart by their subnets. Never tried with a real router.
 */
export const plugin: SdnProvider<WeaveHost, WeaveStep> = {
  id: 'weave',
  title: 'Weave',
  description: 'Weave’s own routers on the hosts, by the command weave.',
  unverified: true,
  aliases: ['weave-network', 'WeaveNetwork'],
  config: z.strictObject(WEAVE_CONFIG),
  commands: ['docker', 'ip', 'weave'],
  overheadBytes: OVERHEAD_BYTES,
  attaches: true,
  definition: wayOutBridge,
  observe,
  refusal,
  plan,
  apply,
};

/** Lines: folder, then containers. */
const OBSERVE = `
${CONTAINERS}
printf '%s\\n' "$CK_TEXT" | {
read -r folder
if command -v weave >/dev/null && timeout 10 weave status >/dev/null 2>&1; then
  echo running
  timeout 10 weave ps 2>/dev/null | sed 's/^/ps /'
fi
for f in "$folder"/*; do [ -e "$f" ] && echo "mark \${f##*/}"; done
containers
:
}
`;

async function observe(shell: RootShell, { planeId, networks }: HostNetworks): Promise<WeaveHost> {
  const keys = networks.flatMap(({ endpoints }) => endpoints.flatMap(({ container }) => container?.key ?? []));
  const { output } = await shell.run(OBSERVE, [folderOf(planeId), ...new Set(keys)].join('\n'));
  const lines = output.split('\n').map((line) => line.trim().split(/\s+/));
  const isRunning = lines.some(([word]) => word === 'running');
  const attached = lines.flatMap(([word, id = '', , ...addresses]) =>
    word === 'ps' ? addresses.map((one) => `${id.slice(0, 12)} ${one}`) : [],
  );
  const marks = lines.flatMap(([word, name]) => (word === 'mark' && name ? [name] : []));
  return { isRunning, containers: readHost(output).containers, attached: new Set(attached), marks };
}

function refusal({ hostName, networks }: HostNetworks, { isRunning }: WeaveHost): ClockerError | null {
  if (isRunning || networks.length === 0) return null;
  return new ClockerError('network.refused', {
    message: `Weave’s router does not run on ${hostName}, or the command weave is not there`,
    hint: 'Launch it there (weave launch, with the other hosts), or choose another provider for the cloud: vxlan with vxlan.control flood works alike and needs no agent.',
  });
}

function plan({ planeId, networks }: HostNetworks, { containers, attached, marks }: WeaveHost): readonly WeaveStep[] {
  const folder = folderOf(planeId);
  const joins = networks.flatMap(({ id: networkId, subnet, endpoints }) => {
    const prefix = subnet.slice(subnet.indexOf('/') + 1);
    return endpoints.flatMap(({ address, container }) => {
      const found = container && containers.find((one) => isOf(container, one));
      return found?.inode ? [{ networkId, id: found.id, address, prefix }] : [];
    });
  });
  const wanted = new Set(joins.map(({ id, address, prefix }) => `${id}-${address}-${prefix}`));
  return [
    ...marks
      .filter((mark) => !wanted.has(mark))
      .map((mark): WeaveStep => {
        const [id = '', address = '', prefix = ''] = mark.split('-');
        return { verb: 'detach', text: `Detach ${address} from container ${id.slice(0, 12)}`, words: [folder, id, address, prefix] };
      }),
    ...joins
      .filter(({ id, address, prefix }) => {
        const isMarked = marks.includes(`${id}-${address}-${prefix}`);
        return !isMarked || !attached.has(`${id.slice(0, 12)} ${address}/${prefix}`);
      })
      .map(({ networkId, id, address, prefix }): WeaveStep => {
        const text = `Attach ${address} to container ${id.slice(0, 12)}`;
        return { verb: 'attach', networkId, text, words: [folder, id, address, prefix] };
      }),
  ];
}

const ATTACH = `
set -- $CK_TEXT
mkdir -p "$1"
: >"$1/$2-$3-$4"
timeout 15 weave attach --without-dns --no-multicast-route "$3/$4" "$2" 2>&1
`;

/** A container that does not run has nothing to be detached from. */
const DETACH = `
set -- $CK_TEXT
if [ "$(docker inspect --type container --format '{{.State.Running}}' "$2" 2>/dev/null)" = true ]; then
  timeout 15 weave detach "$3/$4" "$2" 2>&1 || exit 1
fi
rm -f "$1/$2-$3-$4"
rmdir "$1" 2>/dev/null
:
`;

async function apply(shell: RootShell, steps: readonly WeaveStep[]): Promise<void> {
  for (const { verb, text, words } of steps) {
    const { output, code } = await shell.run(verb === 'attach' ? ATTACH : DETACH, words.join(' '));
    if (code === 0) continue;
    const told = output.trim().split('\n').slice(0, 2).join(' / ');
    throw new ClockerError('network.refused', { message: `${text}: ${told || `weave failed with status ${code}`}`, retryable: true });
  }
}

function folderOf(planeId: string): string {
  return `/run/clocker/${planeId}/weave`;
}
