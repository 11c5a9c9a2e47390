import { type ConfigMap, type ConfigValue, isConfigList, isConfigMap } from '../blueprint/config-value.ts';
import type { HostPlace } from '../entity/host.ts';

/** A machine that is there, as a location describes it. */
export interface ListedMachine {
  /** `address:port`: what its claim is called. */
  readonly machine: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Name of the stored credential to log in with; undefined takes the only one. */
  readonly credential: string | undefined;
  /** `SHA256:…`, written down by a person. */
  readonly fingerprint: string | undefined;
  readonly trustOnFirstUse: boolean;
  readonly place: HostPlace;
}

const USER = 'root';
const PORT = 22;

/** The machines of a `byon` location in their order, each once; what its map says wins over the location. */
export function listedMachines(options: ConfigMap): readonly ListedMachine[] {
  const machines = (isConfigList(options.hosts) ? options.hosts : []).filter(isConfigMap).map((map) => toMachine({ ...options, ...map }));
  return [...new Map(machines.map((one) => [one.machine, one])).values()];
}

/** How one machine is reached. */
export function toMachine(options: ConfigMap): ListedMachine {
  const address = text(options.address) ?? '';
  const port = Number(options.port ?? PORT);
  return {
    machine: `${address}:${port}`,
    address,
    port,
    user: text(options.user) ?? USER,
    credential: text(options.credential) ?? nameOfKeyFile(options),
    fingerprint: text(options.hostKey),
    trustOnFirstUse: options.trustOnFirstUse === true || options.trustOnFirstUse === 'true',
    place: placeOf(options),
  };
}

/** `~/.ssh/production.pem` stands for the stored credential `production`: the file itself is never read. */
export function nameOfKeyFile({ privateKeyFile }: ConfigMap): string | undefined {
  const file = text(privateKeyFile)?.split(/[\\/]/).at(-1);
  return file
    ?.toLowerCase()
    .replace(/\.(pem|key)$/, '')
    .replaceAll(/[^a-z0-9-]/g, '-');
}

function placeOf({ region, zone, iso3166, latitude, longitude }: ConfigMap): HostPlace {
  const country = text(isConfigList(iso3166) ? iso3166[0] : iso3166)
    ?.slice(0, 2)
    .toUpperCase();
  const north = Number(latitude ?? Number.NaN);
  const east = Number(longitude ?? Number.NaN);
  const isOnEarth = Math.abs(north) <= 90 && Math.abs(east) <= 180;
  return {
    ...(text(region) === undefined ? {} : { region: text(region) ?? '' }),
    ...(text(zone) === undefined ? {} : { zone: text(zone) ?? '' }),
    ...(country && /^[A-Z]{2}$/.test(country) ? { country } : {}),
    ...(isOnEarth ? { latitude: north, longitude: east } : {}),
  };
}

function text(value: ConfigValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
