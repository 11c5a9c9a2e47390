/** Labels written as `rack=2, disk=ssd`; null when a part is not `name=value`. */
export function parseLabels(text: string): Readonly<Record<string, string>> | null {
  const labels: Record<string, string> = {};
  for (const part of text.split(/[,\n]/)) {
    if (part.trim() === '') continue;
    const match = /^\s*([A-Za-z0-9][A-Za-z0-9._/-]*)\s*=\s*(.*?)\s*$/.exec(part);
    if (!match?.[1]) return null;
    labels[match[1]] = match[2] ?? '';
  }
  return labels;
}
