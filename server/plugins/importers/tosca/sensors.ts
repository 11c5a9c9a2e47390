import type { Role } from './roles.ts';

/** Sensors of Clocker by the attributes that TOSCA, Brooklyn and Alien4Cloud give to nodes. */
const SENSORS: Readonly<Record<string, string>> = {
  state: 'service.state',
  private_address: 'host.subnet.address',
  public_address: 'host.address',
  ip_address: 'host.address',
  public_ip_address: 'host.address',
};

/** The sensor that tells an attribute of a node. A container is reached at its host: it has no address of its own there. */
export function sensorOf(attribute: string, role: Role): string {
  if (role !== 'direct' && attribute === 'private_address' && (role === 'container' || role === 'balancer')) return 'host.address';
  const sensor = Object.hasOwn(SENSORS, attribute) ? SENSORS[attribute] : undefined;
  return sensor ?? attribute.replace(/\s+/g, '.');
}
