import type { AdjunctBehaviour, Decision, Looking } from '../adjunct/behaviour.ts';
import { type ConfigMap, isConfigList } from '../blueprint/config-value.ts';
import { SENSOR } from '../entity/entity.ts';
import { namesOf } from '../feed/feed-settings.ts';
import type { Json } from '../shared/json.ts';
import { frozen, isPublished } from './link.ts';

type SensorName = string | { readonly name: string };

export interface OnNetworkConfig {
  readonly sensors?: SensorName | readonly SensorName[] | undefined;
}

type Network = 'public' | 'subnet';

/** Brooklyn's own choice where none are named: addresses, ports and URLs. */
const USUAL: readonly string[] = [SENSOR.hostName, SENSOR.hostAddress, SENSOR.mainUri];

/** Publishes addresses, ports and URLs as they are reached from outside, or inside the network of a host, each beside its sensor. */
export function onNetwork(network: Network): AdjunctBehaviour<OnNetworkConfig> {
  return {
    watches: (config) => [{ of: 'entity', sensors: [...sourcesOf(config), addressSensor(network)] }],
    decide(input): Decision<never> {
      const { config, self, read } = input;
      const address = read.sensor(self.id, addressSensor(network))?.value;
      if (typeof address !== 'string') return frozen(`there is no value of ${addressSensor(network)}`);
      const publish: Record<string, Json> = {};
      for (const source of sourcesOf(config)) {
        const value = read.sensor(self.id, source)?.value;
        const mapped = value === undefined ? null : mappedValue(value, { source, address, network, looking: input });
        const target = targetOf(source, network);
        if (mapped !== null && !isPublished(read.sensor(self.id, target), mapped, null)) publish[target] = mapped;
      }
      const highlight = {
        level: 'ok',
        text: `Publishes addresses in the ${network === 'public' ? 'world outside' : 'network of its host'}`,
      } as const;
      return Object.keys(publish).length === 0 ? { highlight } : { highlight, publish };
    },
  };
}

/** For planning: what is published where the sensors are named. */
export function mappedSensors({ sensors }: ConfigMap, network: Network): readonly string[] {
  const named = isConfigList(sensors) ? sensors : sensors === undefined ? USUAL : [sensors];
  return named.flatMap((name) => (typeof name === 'string' ? [targetOf(name, network)] : []));
}

function sourcesOf({ sensors }: OnNetworkConfig): readonly string[] {
  const names = namesOf(sensors);
  return names.length === 0 ? USUAL : names;
}

function addressSensor(network: Network): string {
  return network === 'public' ? SENSOR.hostAddress : SENSOR.subnetAddress;
}

/** `http.port` is told as `http.endpoint.mapped.public`, `main.uri` as `main.uri.mapped.public`. */
function targetOf(source: string, network: Network): string {
  return `${source.replace(/(^|\.)port$/i, '$1endpoint')}.mapped.${network}`;
}

interface Mapping {
  readonly source: string;
  readonly address: string;
  readonly network: Network;
  readonly looking: Looking;
}

/** Null where the value is neither a port, an address nor a URL. */
function mappedValue(value: Json, mapping: Mapping): Json | null {
  const { source, address } = mapping;
  if (/port$/i.test(source)) {
    const port = Number(value);
    return Number.isInteger(port) && port > 0 ? `${inUrl(address)}:${portOf(port, mapping)}` : null;
  }
  if (typeof value !== 'string') return null;
  const url = URL.parse(value);
  if (url === null || url.host === '') return address;
  const port = url.port === '' ? '' : `:${portOf(Number(url.port), mapping)}`;
  return value.replace(url.host, `${inUrl(address)}${port}`);
}

/** Outside, a port of the container is one of its host; inside it is the container's own. */
function portOf(port: number, { network, looking: { self, read } }: Mapping): number {
  const outside = read.sensor(self.id, `docker.port.${port}`)?.value;
  if (network === 'public') return typeof outside === 'number' ? outside : port;
  const inside = Object.entries(self.sensors).find(([name, value]) => name.startsWith('docker.port.') && value === port);
  return inside === undefined ? port : Number(inside[0].slice('docker.port.'.length));
}

function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
