/** A colour token (`--series-1`) as the browser resolves it for this element: for drawing on a canvas, which knows no CSS variables. */
export function resolveColor(element: Element, token: `--${string}`): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.appendChild(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
