import type { Ghost, GhostHost } from '../lenses/ghosts.ts';
import type { Point, Size } from '../topology/topology-layout.ts';

const CHIP = { width: 172, height: 40, gap: 6 } as const;
const BOX = { header: 34, padding: 10, gap: 24 } as const;
/** Between what is drawn and the hosts. */
const APART = 56;

export interface PlacedGhostHost extends Point, Size {
  readonly id: string;
  readonly host: GhostHost;
  readonly chips: readonly ({ readonly id: string; readonly ghost: Ghost } & Point & Size)[];
}

/** Hosts of a plan in a row below all that is drawn, their containers one below the other. */
export function placeGhosts(hosts: readonly GhostHost[], around: readonly (Point & Size)[]): readonly PlacedGhostHost[] {
  const left = around.length === 0 ? 0 : Math.min(...around.map(({ x }) => x));
  const y = around.length === 0 ? 0 : Math.max(...around.map((one) => one.y + one.height)) + APART;
  const width = CHIP.width + 2 * BOX.padding;
  return hosts.map((host, index) => ({
    id: `ghost-host:${host.id ?? 'none'}`,
    host,
    x: left + index * (width + BOX.gap),
    y,
    width,
    height: BOX.header + host.containers.length * (CHIP.height + CHIP.gap) + BOX.padding - CHIP.gap,
    chips: host.containers.map((ghost, at) => ({
      id: `ghost:${ghost.id}`,
      ghost,
      x: BOX.padding,
      y: BOX.header + at * (CHIP.height + CHIP.gap),
      width: CHIP.width,
      height: CHIP.height,
    })),
  }));
}
