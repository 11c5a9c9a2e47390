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

/** Where a server of web archives is found, and what it serves. */
export function webSensors({ config, instance, host }: { config: unknown; instance: Instance; host: Host }): Sensors {
  const given = config as SoftwareConfig;
  const port = mappedPort(instance, httpPortOf(given));
  const deployed = { 'webapp.deployedWars': webArchives(given).map(({ context }) => context) };
  if (port === undefined) return deployed;
  const url = `http://${toHostPort(host.address, port)}/`;
  return { ...deployed, 'webapp.url': url, 'main.uri': url, 'mapped.webapp.url': url, 'mapped.main.uri': url };
}
