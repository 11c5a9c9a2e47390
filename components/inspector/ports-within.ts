import type { ContainerOutline } from '@/server/domain/entity/live-instance.ts';

/** TCP ports of a container as its blueprint tells them, published ones first; empty where it tells none. */
export function portsWithin({ ports, options }: Pick<ContainerOutline, 'ports' | 'options'>): readonly number[] {
  const exposed = (options?.expose ?? []).flatMap((port) => (port.endsWith('/tcp') ? Number.parseInt(port, 10) : []));
  return [...new Set([...ports.flatMap(({ container, protocol }) => (protocol === 'tcp' ? container : [])), ...exposed])];
}
