import { mappedPort, toHostPort } from '../entity/container-sensors.ts';
import type { ReadinessProbe } from '../entity/container-spec.ts';
import type { Sensors } from '../entity/entity.ts';
import type { Host } from '../entity/host.ts';
import type { Instance } from '../entity/instance.ts';
import { portsOfKeys } from './process-ports.ts';
import type { SoftwareConfig } from './to-process-spec.ts';
import { webArchives } from './web-archives.ts';

const USUAL_PORT = 8080;

/** Where it listens: of a range the first. */
export function httpPortOf(config: SoftwareConfig): number {
  return portsOfKeys({ 'http.port': config['http.port'] }).get('http.port') ?? USUAL_PORT;
}

/** Any answer that is no failure of the server will do: its page may ask for a login, or be at another path. */
export function webReadiness(config: SoftwareConfig, path = '/'): ReadinessProbe {
  const containerPort = httpPortOf(config);
  const asks = String(config['httpMonitoring.enabled'] ?? true).toLowerCase() !== 'false';
  return asks ? { kind: 'http', containerPort, path, below: 500 } : { kind: 'tcp', containerPort };
}

interface Running {
  readonly config: unknown;
  readonly instance: Instance;
  readonly host: Host;
}

/** Where a server of web archives is found, and what it serves. */
export function warSensors(running: Running): Sensors {
  return { ...webSensors(running), 'webapp.deployedWars': webArchives(running.config as SoftwareConfig).map(({ context }) => context) };
}

/** Where a server of pages is found. */
export function webSensors({ config, instance, host }: Running): Sensors {
  const port = mappedPort(instance, httpPortOf(config as SoftwareConfig));
  if (port === undefined) return {};
  const url = `http://${toHostPort(host.address, port)}/`;
  return { 'webapp.url': url, 'main.uri': url, 'mapped.webapp.url': url, 'mapped.main.uri': url };
}
