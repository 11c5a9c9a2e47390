import { hueOf, type NetworkTrace } from '@/components/topology/network-trace.ts';

/** A piece of a network's line: its colour and dashes. */
export function NetworkSwatch({ trace, className }: { trace: NetworkTrace; className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 4" height={4} className={className}>
      <path d="M0,2H24" stroke={hueOf(trace)} strokeWidth={3} strokeDasharray={trace.dash} />
    </svg>
  );
}
