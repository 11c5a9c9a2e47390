'use client';
import { type FormEvent, useEffect } from 'react';
import { useLive } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { ListedNetwork } from '@/server/domain/network/list-networks.ts';
import { ReachOutcome, ReachPort } from './reach-parts.tsx';
import { useReach } from './use-reach.ts';

/** Whether one container on a network reaches another, tried now. The question stands in the URL, and is asked again by who opens it. */
export function NetworkReach({ network }: { network: ListedNetwork }) {
  const may = useMay('operate');
  const reach = useReach();
  const [from, setFrom] = useUrlState('from', '');
  const [to, setTo] = useUrlState('to', '');
  const members = useLive(['entity', 'host'], (tables) =>
    network.members.map(({ instanceId, entityId, hostId }) =>
      [instanceId, tables.entity.get(entityId)?.name ?? entityId, tables.host.get(hostId)?.name ?? hostId].join('\n'),
    ),
  ).map((text) => {
    const [value = '', name = '', host = ''] = text.split('\n');
    return { value, label: `${name} on ${host}` };
  });
  const [first, second] = [from, to].map((id) => network.members.find(({ instanceId }) => instanceId === id)?.instanceId);
  const canAsk = may && first !== undefined && second !== undefined && first !== second && reach.wrongPort === undefined;
  // Asked by the URL as it was opened, once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen later is asked by the button
  useEffect(() => {
    if (canAsk) reach.ask(first, second);
  }, [may]);
  if (network.members.length < 2) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canAsk) reach.ask(first, second);
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
        <ReachPort reach={reach} className="w-24" />
        <Button type="submit" busy={reach.question.isPending} disabled={!canAsk}>
          Try
        </Button>
      </form>
      <ReachOutcome reach={reach} />
    </section>
  );
}
