'use client';
import { useState } from 'react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { EachList } from '@/components/ui/each-list.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Input } from '@/components/ui/input.tsx';
import { useEach } from '@/components/ui/use-each.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { changedLabels, readLabelChange } from './bulk-labels.ts';

/** Sets labels of several hosts and takes others away; those that are not named stay. */
export function BulkLabels({ hosts, onClose }: { hosts: readonly Host[]; onClose: (done: boolean) => void }) {
  const client = useTRPCClient();
  const [text, setText] = useState('');
  const change = readLabelChange(text);
  const count = formatCount(hosts.length, 'host');
  const each = useEach(async (id) => {
    const host = hosts.find((one) => one.id === id);
    if (host && change) await client.host.update.mutate({ hostId: host.id, labels: changedLabels(host.labels, change) });
  });
  return (
    <FormDialog
      title={`Labels of ${count}`}
      action={`Change ${count}`}
      disabled={change === null}
      busy={each.isBusy}
      error={null}
      onSubmit={async () => {
        if ((await each.run(hosts.map(({ id }) => id))).length === 0) onClose(true);
      }}
      onClose={() => onClose(false)}
    >
      <Field
        className="col-span-2"
        label="Labels to set; “-” before a name takes it away"
        hint="Others stay as they are. Placement by labels sees the change at once."
        error={text !== '' && change === null ? 'Write them as rack=2, -old.' : undefined}
      >
        <Input
          value={text}
          placeholder="rack=2, -old"
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {each.states.size > 0 ? (
        <div className="col-span-2">
          <EachList states={each.states} nameOf={(id) => hosts.find((host) => host.id === id)?.name ?? id} />
        </div>
      ) : null}
    </FormDialog>
  );
}
