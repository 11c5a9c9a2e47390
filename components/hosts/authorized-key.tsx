import { CopyButton } from '@/components/ui/copy-button.tsx';

/** The exact line for `authorized_keys`. */
export function AuthorizedKey({ publicKey, user, host }: { publicKey: string; user: string; host: string }) {
  const line = publicKey.trim();
  const home = user === 'root' ? '/root' : `~${user}`;
  return (
    <div>
      <p className="text-sm text-ink-2">
        Add this line to <code className="rounded-sm bg-sunken px-1">{home}/.ssh/authorized_keys</code> on {host}:
      </p>
      <div className="mt-1 flex items-start gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
        <code className="max-h-24 min-w-0 flex-1 overflow-y-auto py-1 text-xs leading-5 break-all">{line}</code>
        <CopyButton text={line} label="Copy the line" />
      </div>
    </div>
  );
}
