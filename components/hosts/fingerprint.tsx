import type { HostKey } from '@/server/domain/entity/host.ts';

export function Fingerprint({ title, hostKey }: { title: string; hostKey: HostKey }) {
  return (
    <div>
      <p className="text-sm text-ink-2">
        {title} <span className="text-ink-3">{hostKey.type}</span>
      </p>
      <code className="mt-0.5 block rounded-md border border-line bg-sunken px-2.5 py-1.5 text-sm break-all">{hostKey.fingerprint}</code>
    </div>
  );
}
