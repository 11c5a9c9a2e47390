import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

/** One of a list of network configurations, as the CNI specification has it. */
export interface CniPlugin {
  /** Name of its executable. */
  readonly type: string;
  /** All of its configuration, `type` too, without what the runtime adds. */
  readonly config: JsonObject;
}

/** https://www.cni.dev/docs/spec/#section-1-network-configuration-format */
export interface CniConflist {
  readonly version: string;
  /** The network can be looked at by CHECK: from 0.4.0 on, unless the list says otherwise. */
  readonly checks: boolean;
  readonly plugins: readonly [CniPlugin, ...CniPlugin[]];
}

const VERSIONS = ['0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0'] as const;
const WITHOUT_CHECK: readonly string[] = ['0.3.0', '0.3.1'];
/** No path: an executable is looked for in the folders of the host alone. */
const TYPE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const plugin = z
  .looseObject({ type: z.string().regex(TYPE, 'is no name of a plug-in') })
  .refine(
    (config) => ['prevResult', 'runtimeConfig'].every((key) => !(key in config)),
    'prevResult and runtimeConfig are given by Clocker',
  );
const version = z.enum(VERSIONS, { error: `is none of ${VERSIONS.join(', ')}` }).default('1.0.0');
const list = z.looseObject({
  cniVersion: version,
  disableCheck: z.union([z.boolean(), z.enum(['true', 'false'])]).default(false),
  plugins: z.array(plugin).min(1).max(8),
});

/** A list of configurations or a single one, as a map or as JSON. @throws ZodError */
export function parseConflist(value: unknown): CniConflist {
  const given: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  const whole = isJsonObject(given) && !('plugins' in given) ? { cniVersion: given.cniVersion, plugins: [given] } : given;
  const { cniVersion, disableCheck, plugins } = list.parse(whole);
  const [first, ...others] = plugins.map((config): CniPlugin => ({ type: config.type, config: config as JsonObject }));
  if (!first) throw new Error('a list of at least one');
  const checks = !WITHOUT_CHECK.includes(cniVersion) && !isTrue(disableCheck);
  return { version: cniVersion, checks, plugins: [first, ...others] };
}

function isTrue(value: boolean | string): boolean {
  return value === true || value === 'true';
}

/** Why it is none, or null. */
export function conflistProblem(value: unknown): string | null {
  try {
    parseConflist(value);
    return null;
  } catch (error) {
    if (!(error instanceof z.ZodError)) return 'is no JSON';
    const [issue] = error.issues;
    return issue ? `${issue.path.join('.')}${issue.path.length > 0 ? ': ' : ''}${issue.message}` : 'is not valid';
  }
}

/** What a configuration can name of the network that it makes. */
export interface CniNetwork {
  /** Unique on its hosts, letters and digits. */
  readonly key: string;
  readonly subnet: string;
  readonly mtu: number;
  /** The device of the host by which the other hosts are reached. */
  readonly device: string;
}

export interface CniAddress {
  readonly address: string;
  readonly mac: string;
}

/** How one plug-in is called for one container: all but `prevResult`. */
export interface CniCall {
  readonly type: string;
  readonly config: JsonObject;
}

/**
 * The calls that attach a container, in the order of ADD. The first plug-in makes the interface: its addresses are those given, by the plug-in
 * `static` unless its `ipam` names another, which is asked for them by `CNI_ARGS`. `{network}`, `{subnet}`, `{mtu}` and `{device}` in texts stand for
 * those of the network; a text that is one of them alone and reads as a number becomes one.
 */
export function cniCalls(
  { version: cniVersion, plugins }: CniConflist,
  network: CniNetwork,
  { address, mac }: CniAddress,
): readonly CniCall[] {
  const prefix = network.subnet.slice(network.subnet.indexOf('/'));
  return plugins.map(({ type, config }, index) => {
    const { capabilities, ...own } = config;
    const filled = fill(own, network) as JsonObject;
    const runtimeConfig = {
      ...(isAsked(capabilities, 'mac') ? { mac } : {}),
      ...(isAsked(capabilities, 'ips') ? { ips: [`${address}${prefix}`] } : {}),
    };
    return {
      type,
      config: {
        ...filled,
        ...{ cniVersion, name: `clocker-${network.key}` },
        ...(index === 0 ? { ipam: withAddress(filled.ipam, `${address}${prefix}`) } : {}),
        ...(Object.keys(runtimeConfig).length > 0 ? { runtimeConfig } : {}),
      },
    };
  });
}

/** `CNI_ARGS`: `static` would read an address of its own there. */
export function cniArgs({ plugins: [first] }: CniConflist, { address, mac }: CniAddress): string {
  const ipam = isJsonObject(first.config.ipam) ? first.config.ipam.type : undefined;
  const ip = ipam === undefined || ipam === 'static' ? '' : `;IP=${address}`;
  return `IgnoreUnknown=1;MAC=${mac}${ip}`;
}

function withAddress(ipam: Json | undefined, address: string): Json {
  const given = isJsonObject(ipam) ? ipam : {};
  if (given.type !== undefined && given.type !== 'static') return given;
  return { ...given, type: 'static', addresses: [{ address }] };
}

function isAsked(capabilities: Json | undefined, name: string): boolean {
  return isJsonObject(capabilities) && capabilities[name] === true;
}

function fill(value: Json, network: CniNetwork): Json {
  if (Array.isArray(value)) return value.map((one: Json) => fill(one, network));
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, network)]));
  if (typeof value !== 'string') return value;
  if (value === '{mtu}') return network.mtu;
  const { key, subnet, mtu, device } = network;
  return value.replaceAll('{network}', key).replaceAll('{subnet}', subnet).replaceAll('{device}', device).replaceAll('{mtu}', String(mtu));
}
