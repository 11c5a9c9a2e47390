'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect } from 'react';
import { useLive } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { ListedNetwork } from '@/server/domain/network/list-networks.ts';
import type { InstanceId } from '@/server/domain/shared/ids.ts';
import { isPort } from './is-port.ts';
import { ReachVerdict } from './reach-verdict.tsx';

/** Whether one container on a network reaches another, tried now. The question stands in the URL, and is asked again by who opens it. */
export function NetworkReach({ network }: { network: ListedNetwork }) {
  const trpc = useTRPC();
  const may = useMay('operate');
  const ask = useMutation(trpc.network.reach.mutationOptions());
  const [from, setFrom] = useUrlState('from', '');
  const [to, setTo] = useUrlState('to', '');
  const [port, setPort] = useUrlState('port', '');
  const members = useLive(['entity', 'host'], (tables) =>
    network.members.map(({ instanceId, entityId, hostId }) =>
      [instanceId, tables.entity.get(entityId)?.name ?? entityId, tables.host.get(hostId)?.name ?? hostId].join('\n'),
    ),
  ).map((text) => {
    const [value = '', name = '', host = ''] = text.split('\n');
    return { value, label: `${name} on ${host}` };
  });
  const [first, second] = [from, to].map((id) => network.members.find(({ instanceId }) => instanceId === id)?.instanceId);
  const wrongPort = port === '' || isPort(port) ? undefined : 'A whole number from 1 to 65535';
  const canAsk = may && first !== undefined && second !== undefined && first !== second && wrongPort === undefined;
  const { mutate } = ask;
  // Asked by the URL as it was opened, once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen later is asked by the button
  useEffect(() => {
    if (canAsk) mutate(toQuestion(first, second, port));
  }, [may]);
  if (network.members.length < 2) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canAsk) mutate(toQuestion(first, second, port));
  };
  return (
    <section aria-labelledby="network-reach" className="flex flex-col gap-3">
      <h3 id="network-reach" className="font-medium">
        Does one reach another?
      </h3>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <Field label="From" className="min-w-32 flex-1">
          <Select value={first} options={members} onChange={setFrom} />
        </Field>
        <Field label="To" className="min-w-32 flex-1">
          <Select value={second} options={members} onChange={setTo} />
        </Field>
        <Field label="TCP port" className="w-24" error={wrongPort}>
          <Input inputMode="numeric" placeholder="ping" value={port} onChange={(event) => setPort(event.target.value.trim())} />
        </Field>
        <Button type="submit" busy={ask.isPending} disabled={!canAsk}>
          Try
        </Button>
      </form>
      <div aria-live="polite" className="flex flex-col gap-3">
        {ask.error ? <ErrorState error={toErrorView(ask.error)} compact /> : null}
        {ask.data && !ask.isPending ? <ReachVerdict answer={ask.data} /> : null}
      </div>
    </section>
  );
}

function toQuestion(from: InstanceId, to: InstanceId, port: string) {
  return { from, to, ...(port === '' ? {} : { port: Number(port) }) };
}
