import type { ReactFlowInstance } from '@xyflow/react';

/** Brings it into view first: what lies outside is not drawn. */
export function focusNode(flow: ReactFlowInstance, id: string): void {
  const focus = (): boolean => {
    const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    element?.focus({ preventScroll: true });
    return element !== null;
  };
  const node = flow.getInternalNode(id);
  const view = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!node || !view) return;
  const { x, y } = node.internals.positionAbsolute;
  const [width, height] = [node.width ?? 0, node.height ?? 0];
  const first = flow.flowToScreenPosition({ x, y });
  const last = flow.flowToScreenPosition({ x: x + width, y: y + height });
  const isSeen = first.x < view.right - 24 && first.y < view.bottom - 24 && last.x > view.left + 24 && last.y > view.top + 24;
  if (isSeen && focus()) return;
  void flow.setCenter(x + width / 2, y + height / 2, { zoom: flow.getZoom() }).then(() => requestAnimationFrame(focus));
}
