import { z } from 'zod';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';

export interface VxlanLink {
  readonly name: string;
  readonly alias: string;
  readonly vni: number;
  readonly local: string;
  readonly port: number;
  readonly learns: boolean;
  readonly mtu: number;
  readonly master: string;
  readonly isUp: boolean;
}

/** What iproute2 tells of a host. */
export interface ObservedLinks {
  /** VXLAN links by name, whoever made them. */
  readonly links: ReadonlyMap<string, VxlanLink>;
  /** Hardware addresses of bridges, by name. */
  readonly bridges: ReadonlyMap<string, string>;
  /** Entries of a VXLAN link that name another host. */
  remote(link: string): readonly { readonly mac: string; readonly at: string }[];
  /** Hardware addresses that its bridge sends to the link, as it was told. */
  forwarded(link: string): readonly string[];
  /** What the link has learned from traffic of where a hardware address is: another host, or for the bridge `null`, somewhere behind the link. */
  learned(link: string): readonly { readonly mac: string; readonly at: string | null }[];
  /** Neighbours of a bridge, as it was told. */
  neighbours(bridge: string): readonly { readonly address: string; readonly mac: string }[];
}

const linkSchema = z.object({
  ifname: z.string(),
  ifalias: z.string().default(''),
  mtu: z.number(),
  master: z.string().default(''),
  flags: z.array(z.string()).default([]),
  linkinfo: z.object({
    info_data: z.object({
      id: z.number().default(0),
      local: z.string().default(''),
      port: z.number().default(0),
      learning: z.boolean().default(false),
    }),
  }),
});
const bridgeSchema = z.object({ ifname: z.string(), address: z.string().default('') });
const entrySchema = z.object({
  mac: z.string(),
  ifname: z.string(),
  dst: z.string().optional(),
  master: z.string().optional(),
  state: z.string().default(''),
});
const neighbourSchema = z.object({
  dst: z.string(),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()).default([]),
});

/** Reads the sections of the observing script. Errors: network.refused where iproute2 answers otherwise than it does since 2018. */
export function readLinks(output: string, hostName: string): ObservedLinks {
  const sections = new Map<string, string>();
  for (const part of output.split(/^#/m).slice(1))
    sections.set(part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1).trim());
  const read = <T>(name: string, schema: z.ZodType<T>): readonly T[] => {
    try {
      return z.array(schema).parse(JSON.parse(sections.get(name) || '[]'));
    } catch (error) {
      const message = `What ip and bridge tell on ${hostName} cannot be read (${name})`;
      throw new ClockerError('network.refused', { message, hint: 'It needs iproute2 of 2018 or newer.', cause: error });
    }
  };
  const links = read('links', linkSchema).map(
    ({ ifname: name, ifalias: alias, mtu, master, flags, linkinfo: { info_data } }): VxlanLink => {
      const { id: vni, local, port, learning: learns } = info_data;
      return { name, alias, vni, local, port, learns, mtu, master, isUp: flags.includes('UP') };
    },
  );
  const entries = read('fdb', entrySchema);
  const neighbours = read('neighbours', neighbourSchema);
  return {
    links: new Map(links.map((link) => [link.name, link])),
    bridges: new Map(read('bridges', bridgeSchema).map(({ ifname, address }) => [ifname, address])),
    remote: (link) =>
      entries.flatMap(({ ifname, mac, dst, state }) => (ifname === link && dst !== undefined && isTold(state) ? [{ mac, at: dst }] : [])),
    forwarded: (link) =>
      entries.flatMap(({ ifname, mac, master, state }) => (ifname === link && master !== undefined && state === 'static' ? [mac] : [])),
    learned: (link) =>
      entries.flatMap(({ ifname, mac, dst, master, state }) =>
        ifname !== link || isTold(state) || (dst === undefined && master === undefined) ? [] : [{ mac, at: dst ?? null }],
      ),
    neighbours: (bridge) =>
      neighbours.flatMap(({ dst: address, dev, lladdr: mac, state }) =>
        dev === bridge && mac !== undefined && isFixed(address, state) ? [{ address, mac }] : [],
      ),
  };
}

/** Not learned from traffic. */
function isTold(state: string): boolean {
  return state === 'static' || state === 'permanent';
}

/** Multicast groups are neighbours of this kind too, and the kernel's own. */
function isFixed(address: string, state: readonly string[]): boolean {
  return (
    state.includes('NOARP') &&
    /^\d+(\.\d+){3}$/.test(address) &&
    Number(address.slice(0, address.indexOf('.'))) < 224 &&
    !address.startsWith('127.')
  );
}
