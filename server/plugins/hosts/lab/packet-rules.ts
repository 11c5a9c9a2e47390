/** Comment on the packet rules of a lab's partitions: what `heal` and `down` find them by. */
export function partitionMark(lab: string): string {
  return `clocker-lab:${lab}:partition`;
}

/** `iptables` arguments that delete a lab's partition rules, from the output of `iptables -S DOCKER-USER`. */
export function toHealCommands(listed: string, lab: string, addresses: readonly string[] | 'all'): readonly (readonly string[])[] {
  return listed
    .split('\n')
    .map((line) => line.trim().replaceAll('"', '').split(/\s+/))
    .filter((words) => words[0] === '-A' && words.includes(partitionMark(lab)))
    .filter((words) => addresses === 'all' || words.some((word) => addresses.includes(word.replace(/\/32$/, ''))))
    .map((words) => ['-D', ...words.slice(1)]);
}

/** Index of the far end of a veth, from `ip -o link show eth0` inside a container (`12: eth0@if13: <…`). */
export function toPeerIndex(inside: string): number | undefined {
  const index = /^\d+: [^:@]+@if(\d+):/m.exec(inside)?.[1];
  return index === undefined ? undefined : Number(index);
}

/** Name of the interface with this index, from `ip -o link show`. */
export function toVethName(links: string, index: number | undefined): string | undefined {
  return [...links.matchAll(/^(\d+): ([^:@\s]+)/gm)].find((match) => Number(match[1]) === index)?.[2];
}

/** Whether the interface with this index was set down (its flags lack UP), from `ip -o link show`. */
export function isLinkDown(links: string, index: number | undefined): boolean {
  const line = links.split('\n').find((candidate) => candidate.startsWith(`${index}: `));
  return line !== undefined && !/<([^>]*,)?UP[,>]/.test(line);
}
