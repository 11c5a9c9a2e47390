'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Host, HostKey } from '@/server/domain/entity/host.ts';
import { Fingerprint } from './fingerprint.tsx';

/** Shows the pinned key beside the one the machine presents now. Another one is pinned only by a person who compared it. */
export function AcceptKey({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const scan = useQuery({
    queryKey: ['scan-host-key', host.id],
    queryFn: (): Promise<HostKey> => client.host.scanKey.mutate({ address: host.address, port: host.port }),
    gcTime: 0,
    retry: false,
  });
  const accept = useMutation(trpc.host.acceptKey.mutationOptions({ onSuccess: onClose }));
  const presented = scan.data;
  const same = presented?.fingerprint === host.hostKey.fingerprint;
  const isFirst = host.hostKey.fingerprint === '';
  const failure = scan.error ?? accept.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Host key of ${host.name}`}
      description={
        isFirst
          ? 'Compare it with what the machine itself says: from then on no other key is taken.'
          : 'A changed key means that the machine was set up anew, or that something stands between.'
      }
      footer={
        <>
          <Button onClick={onClose}>{same || isFirst ? 'Close' : 'Keep the old key'}</Button>
          {presented && !same ? (
            <Button variant="danger" busy={accept.isPending} onClick={() => accept.mutate({ hostId: host.id, hostKey: presented })}>
              {isFirst ? 'Pin this key' : 'Pin the new key'}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {host.hostKey.fingerprint === '' ? (
          <p className="text-ink-2">No key is pinned yet: nothing is sent to the machine before one is.</p>
        ) : (
          <Fingerprint title="Pinned" hostKey={host.hostKey} />
        )}
        {scan.isPending ? <Skeleton className="h-12 w-full" /> : null}
        {presented ? (
          <Fingerprint
            title={same ? 'Presented now: the same' : isFirst ? 'Presented now' : 'Presented now: another one'}
            hostKey={presented}
          />
        ) : null}
        {presented && !same ? <CompareHint hostKey={presented} /> : null}
        {failure ? <ErrorState error={toErrorView(failure)} compact /> : null}
      </div>
    </Dialog>
  );
}

export function CompareHint({ hostKey }: { hostKey: HostKey }) {
  const file = hostKey.type.includes('ed25519') ? 'ed25519' : hostKey.type.includes('ecdsa') ? 'ecdsa' : 'rsa';
  return (
    <p className="text-sm text-ink-2">
      On the machine itself, <code className="rounded-sm bg-sunken px-1">ssh-keygen -lf /etc/ssh/ssh_host_{file}_key.pub</code> must print
      the same.
    </p>
  );
}
