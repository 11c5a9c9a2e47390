'use client';
import { Background, BackgroundVariant, Controls, type FitViewOptions, MiniMap } from '@xyflow/react';

/** Dots, zoom and the small map, which comes once there is more than can be overlooked. */
export function CanvasFurniture({ hasMap, fit }: { hasMap: boolean; fit: FitViewOptions }) {
  return (
    <>
      <Background variant={BackgroundVariant.Dots} gap={24} size={1} color="var(--line-strong)" bgColor="var(--ground)" />
      <Controls showInteractive={false} fitViewOptions={fit} className="max-sm:hidden" />
      {hasMap ? (
        <MiniMap
          pannable
          zoomable
          className="max-md:hidden"
          style={{ width: 128, height: 88 }}
          bgColor="var(--surface)"
          maskColor="var(--hover)"
          nodeColor="var(--line-strong)"
        />
      ) : null}
    </>
  );
}
