'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { notify } from '@/components/ui/notify.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { CredentialView } from '@/server/api/masking/record-views.ts';
import { ConfirmKeyStep } from './confirm-key-step.tsx';
import { ConnectionChecks } from './connection-checks.tsx';
import { CredentialStep } from './credential-step.tsx';
import { type Machine, MachineStep } from './machine-step.tsx';

const STEPS = ['Machine', 'Credential', 'Host key'] as const;

/** Three steps: which machine, with which key, and whether it is the right machine. Nothing is written before the last. */
export function AddHost({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const [step, setStep] = useState<0 | 1 | 2>(0);
  const [machine, setMachine] = useState<Machine | null>(null);
  const [credential, setCredential] = useState<CredentialView | null>(null);
  const router = useRouter();
  const [setUp, setSetUp] = useState(false);
  const scan = useMutation(trpc.host.scanKey.mutationOptions());
  const add = useMutation(
    trpc.host.add.mutationOptions({
      onSuccess: ({ hostId }) => {
        notify.done(`${machine?.name} added`, setUp ? 'Docker Engine is set up now.' : 'Clocker connects to it now.');
        onClose();
        if (setUp) router.push(`/hosts/${hostId}`);
      },
    }),
  );
  const lookAtKey = (chosen: CredentialView) => {
    if (!machine) return;
    setCredential(chosen);
    setStep(2);
    check.reset();
    scan.mutate({ address: machine.address, port: machine.port });
  };
  const check = useMutation(trpc.host.checkMachine.mutationOptions());
  const submit = () => {
    if (machine && credential && scan.data) add.mutate({ ...machine, credentialId: credential.id, hostKey: scan.data, setUp });
  };
  const look = () => {
    if (!(machine && credential && scan.data)) return;
    const { labels: _, ...place } = machine;
    check.mutate({ ...place, credentialId: credential.id, hostKey: scan.data });
  };
  const isBare = check.data?.some(({ name, state }) => name === 'engine' && state === 'failed') && !setUp;
  const failure = scan.error ?? add.error ?? check.error;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title="Add a host" description={<Steps current={step} />}>
      {step === 0 ? (
        <MachineStep
          initial={machine}
          onDone={(next) => {
            setMachine(next);
            setStep(1);
          }}
        />
      ) : null}
      {step === 1 && machine ? (
        <CredentialStep machine={machine} initial={credential} onBack={() => setStep(0)} onDone={lookAtKey} />
      ) : null}
      {step === 2 && machine ? (
        <div className="flex flex-col gap-4">
          <Checkbox
            checked={setUp}
            onChange={setSetUp}
            label="Set up Docker Engine: install it where it is missing, and configure it. A running engine is never restarted."
          />
          <ConfirmKeyStep
            machine={machine}
            hostKey={scan.data}
            reading={scan.isPending}
            busy={add.isPending}
            checking={check.isPending}
            onCheck={look}
            onBack={() => setStep(1)}
            onConfirm={submit}
          />
          {check.data ? <ConnectionChecks checks={check.data} /> : null}
          {isBare ? <p className="text-ink-2">Tick “Set up Docker Engine” above to have it installed.</p> : null}
          {failure ? (
            <ErrorState
              error={toErrorView(failure)}
              compact
              actions={
                <>
                  <Button onClick={() => setStep(0)}>Change the address</Button>
                  {scan.error ? (
                    <Button onClick={() => scan.mutate({ address: machine.address, port: machine.port })}>Try again</Button>
                  ) : null}
                </>
              }
            />
          ) : null}
        </div>
      ) : null}
    </Dialog>
  );
}

function Steps({ current }: { current: number }) {
  return (
    <span className="text-sm">
      Step {current + 1} of {STEPS.length}: {STEPS[current]}
    </span>
  );
}
