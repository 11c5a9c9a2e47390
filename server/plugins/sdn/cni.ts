import { z } from 'zod';
import { CNI_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import { parseConflist } from '../../domain/network/cni-conflist.ts';
import type { SdnProvider } from '../../ports/sdn-provider.ts';
import { applyCni, CNI_COMMANDS, type CniAttaching, type CniStep, observeCni, planCni, refusalOfCni } from './attaching/attach-by-cni.ts';
import type { CniHost } from './attaching/read-host.ts';
import { wayOutBridge } from './attaching/way-out-bridge.ts';

const config = z.strictObject(CNI_CONFIG);

const attaching: CniAttaching = {
  id: 'cni',
  settingsOf: ({ networking }) => {
    const settings = config.parse(networking.config);
    return { conflist: parseConflist(settings['cni.conflist']), path: settings['cni.path'] };
  },
};

/**
 * Any plug-in of the CNI specification: each container gets an interface by ADD, with the address that the store gave it, and gives it back by DEL.
 * CHECK finds what somebody has taken away. How far a network reaches, and what it keeps apart, is the plug-in's.
 */
export const plugin: SdnProvider<CniHost, CniStep> = {
  id: 'cni',
  title: 'CNI',
  description: 'Interfaces made by any CNI plug-in of the hosts; macvlan on their LAN unless told otherwise.',
  aliases: ['cni-network', 'CniNetwork'],
  config,
  commands: CNI_COMMANDS,
  overheadBytes: 0,
  attaches: true,
  definition: wayOutBridge,
  observe: async (shell, wanted) => await observeCni(attaching, shell, wanted),
  refusal: (wanted, host) => refusalOfCni(attaching, wanted, host),
  // Plug-ins are executed only for a container that has its network namespace still, and for none twice.
  ahead: (wanted, earlier) => planCni(attaching, wanted, earlier),
  plan: (wanted, host) => planCni(attaching, wanted, host),
  apply: applyCni,
};
