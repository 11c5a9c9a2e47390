import type { ReactFlowInstance } from '@xyflow/react';

/** Gives a node the focus. Brings it into view first: what lies outside may not be drawn. */
export function focusNode(flow: ReactFlowInstance, id: string): void {
  const focus = (): boolean => {
    const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    element?.focus({ preventScroll: true });
    return element !== null;
  };
  if (isInView(flow, id) && focus()) return;
  void revealNode(flow, id).then(() => requestAnimationFrame(focus));
}

/** Brings a node into view, if it is not. */
export async function revealNode(flow: ReactFlowInstance, id: string): Promise<void> {
  const node = flow.getInternalNode(id);
  if (!node || isInView(flow, id)) return;
  const { x, y } = node.internals.positionAbsolute;
  await flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, { zoom: flow.getZoom() });
}

/** At least a part of the node can be seen. */
export function isInView(flow: ReactFlowInstance, id: string): boolean {
  const node = flow.getInternalNode(id);
  const view = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!node || !view) return true;
  const { x, y } = node.internals.positionAbsolute;
  const first = flow.flowToScreenPosition({ x, y });
  const last = flow.flowToScreenPosition({ x: x + (node.width ?? 0), y: y + (node.height ?? 0) });
  return first.x < view.right - 24 && first.y < view.bottom - 24 && last.x > view.left + 24 && last.y > view.top + 24;
}
