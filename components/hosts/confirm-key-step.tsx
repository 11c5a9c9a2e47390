'use client';
import { Button } from '@/components/ui/button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { HostKey } from '@/server/domain/entity/host.ts';
import { CompareHint } from './accept-key.tsx';
import { Fingerprint } from './fingerprint.tsx';
import type { Machine } from './machine-step.tsx';

export interface ConfirmKeyStepProps {
  machine: Machine;
  /** Undefined while it is read from the machine. */
  hostKey: HostKey | undefined;
  reading: boolean;
  busy: boolean;
  onBack: () => void;
  onConfirm: () => void;
  /** Logs in to look at what is missing; nothing is written. */
  onCheck: () => void;
  checking: boolean;
}

/** A person compares the fingerprint; from then on no other key is accepted from this machine. */
export function ConfirmKeyStep({ machine, hostKey, reading, busy, onBack, onConfirm, onCheck, checking }: ConfirmKeyStepProps) {
  return (
    <>
      {hostKey ? (
        <>
          <Fingerprint title={`${machine.address}:${machine.port} presents`} hostKey={hostKey} />
          <CompareHint hostKey={hostKey} />
        </>
      ) : null}
      {reading ? <Skeleton className="h-12 w-full" /> : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onBack} className="mr-auto">
          Back
        </Button>
        <Button disabled={!hostKey} busy={checking} onClick={onCheck}>
          It matches: check first
        </Button>
        <Button variant="primary" disabled={!hostKey} busy={busy} onClick={onConfirm}>
          It matches: add {machine.name}
        </Button>
      </div>
    </>
  );
}
