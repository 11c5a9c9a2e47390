import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { networkCidr } from '../entity/container-networks.ts';
import { optional } from '../entity-types/config-values.ts';
import { isCidr, overlap } from '../network/addresses.ts';
import type { Json } from '../shared/json.ts';
import type { EngineSettings } from './merge-daemon-config.ts';

/** Docker's own rules for each key: https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file */

const mirror = z.string('needs the address of a mirror').superRefine((text, context) => {
  const problem = mirrorProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const HOST_AND_PORT = /^(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::([1-9]\d{0,4}))?$/i;

const insecureRegistry = z.string('needs a registry').refine((text) => {
  if (ipaddr.isValidCIDR(text)) return true;
  const match = HOST_AND_PORT.exec(text);
  return match !== null && Number(match[1] ?? 1) <= 65_535;
}, 'needs a registry such as registry.example.org:5000, or a network such as 10.0.0.0/8');

const addressPool = z
  .strictObject({ base: networkCidr, size: z.int('needs a number of bits').describe('Bits of each network: 24 has 254 addresses.') })
  .superRefine(({ base, size }, context) => {
    const bits = Number(base.split('/')[1]);
    if (size >= bits && size <= 30) return;
    context.addIssue({ code: 'custom', path: ['size'], message: `needs ${bits} to 30: networks are parts of ${base}` });
  });

const addressPools = z
  .array(addressPool, 'needs a list of { base, size }')
  .max(100)
  .superRefine((pools, context) => {
    for (const [index, { base }] of pools.entries()) {
      const other = pools.slice(0, index).find((before) => isCidr(before.base) && isCidr(base) && overlap(before.base, base));
      if (other) context.addIssue({ code: 'custom', path: [index, 'base'], message: `overlaps ${other.base}` });
    }
  });

const logOptions = z
  .strictObject({
    'max-size': z
      .string()
      .regex(/^[1-9]\d{0,8}[kmg]$/, 'needs a size such as 10m')
      .optional(),
    'max-file': z
      .union([z.number(), z.string()], 'needs a number of files')
      .refine((count) => /^[1-9]\d{0,2}$/.test(String(count)), 'needs a number of files, 1 to 999')
      .optional(),
  })
  .refine((options) => Object.keys(options).length > 0, 'needs max-size or max-file');

/** What the engines of a Docker cloud are told when its machines are set up. */
export const engineConfig = {
  'docker.engine.registryMirrors': optional(
    z.array(mirror, 'needs a list of mirrors').max(100),
    'Registry mirrors',
    'Where engines that are set up ask first for images of Docker Hub, such as https://mirror.example.org.',
  ),
  'docker.engine.insecureRegistries': optional(
    z.array(insecureRegistry, 'needs a list of registries').max(100),
    'Registries without TLS',
    'Registries and networks to which these engines talk without a certificate.',
  ),
  'docker.engine.addressPools': optional(
    addressPools,
    'Address pools',
    'From where these engines take addresses for networks: { base: 10.200.0.0/16, size: 24 }.',
  ),
  'docker.engine.logOptions': optional(logOptions, 'Limits of logs', 'Of a container, max-size 10m and max-file 3 unless given.'),
};

/** What config of a Docker cloud says; what is not valid is left out, as it was told when the cloud was deployed. */
export function readEngineSettings(read: (key: string) => Json | undefined): EngineSettings {
  const mirrors = engineConfig['docker.engine.registryMirrors'].safeParse(read('docker.engine.registryMirrors') ?? undefined);
  const registries = engineConfig['docker.engine.insecureRegistries'].safeParse(read('docker.engine.insecureRegistries') ?? undefined);
  const pools = engineConfig['docker.engine.addressPools'].safeParse(read('docker.engine.addressPools') ?? undefined);
  const logs = engineConfig['docker.engine.logOptions'].safeParse(read('docker.engine.logOptions') ?? undefined);
  return {
    liveRestore: true,
    registryMirrors: mirrors.data ?? [],
    insecureRegistries: registries.data ?? [],
    addressPools: pools.data ?? [],
    logOptions: Object.fromEntries(Object.entries(logs.data ?? {}).map(([key, value]) => [key, String(value)])),
  };
}

function mirrorProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'needs an address such as https://mirror.example.org';
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'needs https:// or http://';
  if (username !== '' || password !== '') return 'has a login, which an engine takes for no mirror';
  return pathname === '/' && search === '' && hash === '' ? null : 'has a path, which an engine takes for no mirror';
}
