import { z } from 'zod';
import { LABEL } from '../../server/domain/entity/ownership.ts';
import { engineGet } from './engine-get.ts';
import { dockerOn, type LabHost, SENTINEL } from './lab-hosts.ts';

interface SentinelIds {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  /** Names. */
  readonly volumes: readonly string[];
}

/** Things on a host that are not ours, some of which look as if they were. */
export interface Sentinels extends SentinelIds {
  /** What Docker says of all of them; has to be the same at the end. */
  readonly before: string;
}

const IMAGE = 'busybox:1.35';
/** Another name for the image: the product's own name of it can be taken away while they run. */
const OTHER_NAME = 'sentinel-of-tests:1';

/** Puts them on a host: three containers, a network and a volume. */
export async function placeSentinels(host: LabHost, planeId: string): Promise<Sentinels> {
  await dockerOn(host, 'pull', '--quiet', IMAGE);
  await dockerOn(host, 'tag', IMAGE, OTHER_NAME);
  const lookAlike = `ck-${planeId}-01jstranger0000000000000000-1`;
  const forged = `ck-${planeId}-01jforged000000000000000000-1`;
  const containers = [
    await run(host, 'somebody-elses-web', {}),
    await run(host, lookAlike, {}),
    await run(host, forged, {
      [LABEL.plane]: planeId,
      [LABEL.application]: '01JFORGED00000000000000000A',
      [LABEL.entity]: '01JFORGED000000000000000000',
      [LABEL.instance]: '01JFORGED00000000000000000B',
      [LABEL.incarnation]: '1',
      [LABEL.spec]: '0'.repeat(64),
      [LABEL.name]: forged,
      [LABEL.signature]: 'a'.repeat(64),
    }),
  ];
  const volume = `ckv-${planeId}-01jstranger0000000000000000-data`;
  await dockerOn(host, 'volume', 'create', '--label', `${SENTINEL}=1`, '--label', `${LABEL.plane}=${planeId}`, volume);
  const network = await dockerOn(
    host,
    'network',
    'create',
    '--label',
    `${SENTINEL}=1`,
    `ckn-${planeId}-01jstranger0000000000000000-back-00000000`,
  );
  const ids = { containers, networks: [network], volumes: [volume] };
  return { ...ids, before: await describeSentinels(host, ids) };
}

const stranger = z.union([
  z.object({ Id: z.string(), State: z.object({ Status: z.string(), StartedAt: z.string() }), RestartCount: z.number() }),
  z.object({ Id: z.string(), Created: z.string() }),
  z.object({ Name: z.string(), CreatedAt: z.string() }),
]);

/** Ids, start times and restarts of what is not ours, one thing a line; `gone` for what is no longer there. */
export async function describeSentinels(host: LabHost, { containers, networks, volumes }: SentinelIds): Promise<string> {
  const paths = [
    ...containers.map((id) => `/containers/${id}/json`),
    ...networks.map((id) => `/networks/${id}`),
    ...volumes.map((name) => `/volumes/${name}`),
  ];
  const found = await Promise.all(paths.map((path) => engineGet(host, path)));
  return found
    .map((one) => {
      if (one === null) return 'gone';
      const what = stranger.parse(one);
      if ('State' in what) return `${what.Id} ${what.State.Status} ${what.State.StartedAt} ${what.RestartCount}`;
      return 'Id' in what ? `${what.Id} ${what.Created}` : `${what.Name} ${what.CreatedAt}`;
    })
    .join('\n');
}

async function run(host: LabHost, name: string, labels: Readonly<Record<string, string>>): Promise<string> {
  const given = Object.entries({ ...labels, [SENTINEL]: '1' }).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
  return dockerOn(host, 'run', '--detach', '--restart', 'unless-stopped', '--name', name, ...given, OTHER_NAME, 'sleep', '1000000');
}
