import { z } from 'zod';
import { duration, toBaseSpec, toImage } from '../../domain/entity/container-config.ts';
import { CONTAINER_SENSORS, containerSensors, mappedPort, toHostPort } from '../../domain/entity/container-sensors.ts';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import { SENSOR, type Sensors } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { firstPort } from '../../domain/entity/port-ranges.ts';
import { parseDurationMs } from '../../domain/entity/quantities.ts';
import { boolean, portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, textsNamed, url } from '../../domain/entity-types/config-values.ts';
import { notesFromImage } from '../../domain/entity-types/container-type-config.ts';
import { IMAGE_FLAGS, imageConfig } from '../../domain/entity-types/image-config.ts';
import {
  JAVA_CONFIG,
  JAVA_FLAGS,
  JAVA_NOT_HONOURED,
  JMX_FLAGS,
  JMX_SECRETS,
  UNUSED_JMX_CONFIG,
} from '../../domain/entity-types/java-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const cores = textsNamed(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/, 'needs names of letters, digits, “_”, “.” and “-”');

const config = z.looseObject({
  ...imageConfig('solr', '8'),
  ...JAVA_CONFIG,
  ...UNUSED_JMX_CONFIG,
  'solr.http.port': preset(portRange, '8983+', 'HTTP port'),
  'solr.core.config': optional(
    cores,
    'Cores',
    'Name: URL of a tar.gz with its folder, which its container fetches; empty takes Solr’s own configuration.',
  ),
  'solr.config.templateUrl': optional(url, 'Template of solr.xml'),
  'solr.install.mirror.url': optional(url, 'Mirror'),
  'httpMonitoring.enabled': optional(boolean, 'Check by HTTP'),
  'start.timeout': preset(duration, '5m', 'Start timeout'),
});

type Config = z.infer<typeof config>;

const notes = notesFromImage(config);

/** Brooklyn’s SolrServer: the image of that name. */
export const plugin: EntityTypePlugin<Config> = {
  id: 'solr',
  title: 'Solr',
  description: 'A Solr search server; its cores are kept in a volume.',
  icon: 'search',
  unverified: 'the image of Solr',
  aliases: classNames('brooklyn.entity.nosql.solr.SolrServer', 'org.apache.brooklyn.entity.nosql.solr.SolrServer'),
  kind: 'container',
  config,
  secretKeys: JMX_SECRETS,
  flags: {
    ...IMAGE_FLAGS,
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    solrPort: 'solr.http.port',
    port: 'solr.http.port',
    coreConfigMap: 'solr.core.config',
    coreConfig: 'solr.core.config',
    solrConfigTemplateUrl: 'solr.config.templateUrl',
    mirrorUrl: 'solr.install.mirror.url',
    useHttpMonitoring: 'httpMonitoring.enabled',
  },
  plannedKeys: { ...notes.plannedKeys, 'solr.config.templateUrl': 'its solr.xml is that of its image' },
  notHonoured: {
    ...notes.notHonoured,
    ...JAVA_NOT_HONOURED,
    'solr.install.mirror.url': 'it is what its image has',
    'httpMonitoring.enabled': 'it is up once it answers',
  },
  sensors: [
    ...CONTAINER_SENSORS,
    { name: 'solr.http.port', type: 'number', description: 'HTTP port' },
    { name: 'mapped.main.uri', type: 'string', description: 'Its page, reached through its host' },
  ],
  effectors: LIFECYCLE_EFFECTORS,
  container: {
    toSpec,
    readiness: (value) => ({ kind: 'http', containerPort: firstPort(value['solr.http.port']), path: '/solr/admin/info/system' }),
    startTimeoutMs: (value) => parseDurationMs(value['start.timeout']) ?? 300_000,
    sensors: placeSensors,
  },
};

/** `$1` is the port; pairs of a core and the URL of its folder follow. What is there already stays. */
const START = `set -e
init-var-solr
port=$1
shift
while [ $# -gt 0 ]; do
  d="/var/solr/data/$1"
  if [ -z "$2" ]; then precreate-core "$1"
  elif [ ! -e "$d/core.properties" ]; then
    mkdir -p "$d"
    wget -q -O /tmp/core.tgz "$2"
    tar -xzf /tmp/core.tgz -C "$d"
    [ -e "$d/core.properties" ] || echo "name=$1" >"$d/core.properties"
  fi
  shift 2
done
exec solr-foreground -p "$port"`;

function toSpec(value: Config): ContainerSpec {
  const port = firstPort(value['solr.http.port']);
  const base = toBaseSpec(toImage(value['docker.image.name'], value['docker.image.tag']), value);
  const named = Object.entries(value['solr.core.config'] ?? {}).flatMap(([name, source]) => [name, source === null ? '' : String(source)]);
  const options = javaWords(value);
  return {
    ...base,
    command: ['bash', '-c', START, 'bash', String(port), ...named],
    env: { ...base.env, ...(options === '' ? {} : { SOLR_OPTS: options }) },
    ports: [{ container: port, protocol: 'tcp', host: null }],
    volumes: [{ name: 'data', path: '/var/solr', readOnly: false }],
  };
}

/** Solr splits them at spaces itself. */
function javaWords(value: Config): string {
  const given = [value['java.opts'] ?? []].flat().map(String);
  const props = Object.entries(value['java.sysprops'] ?? {}).map(([name, item]) => (item === null ? `-D${name}` : `-D${name}=${item}`));
  return [...given, ...props].join(' ');
}

interface Running {
  readonly config: Config;
  readonly instance: Instance;
  readonly host: Host;
}

function placeSensors({ config: value, instance, host }: Running): Sensors {
  const port = mappedPort(instance, firstPort(value['solr.http.port']));
  if (port === undefined) return containerSensors(instance, host);
  const uri = `http://${toHostPort(host.address, port)}/solr/`;
  return { ...containerSensors(instance, host), [SENSOR.mainUri]: uri, 'mapped.main.uri': uri, 'solr.http.port': port };
}
