import type { Size } from '../topology/topology-layout.ts';

/** From the page to the layout worker: what stands on the canvas, and which is to be left of which. */
export interface LayoutRequest {
  readonly nodes: readonly ({ readonly id: string } & Size)[];
  readonly direction: 'RIGHT' | 'DOWN';
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}
