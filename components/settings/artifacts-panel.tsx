'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowRight, Plus, Split } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { ArtifactRule } from '@/server/domain/artifact/artifact-rule.ts';
import { QueryList, RowActs, SettingsSection } from './settings-section.tsx';

type Open = { readonly act: 'edit'; readonly rule: ArtifactRule | null } | { readonly act: 'remove'; readonly rule: ArtifactRule };

export function ArtifactsPanel() {
  const trpc = useTRPC();
  const rules = useQuery(trpc.artifactRule.list.queryOptions());
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const done = () => {
    close();
    rules.refetch();
  };
  return (
    <SettingsSection
      about="Where Dockerfiles, archives and what installs download come from in a closed site, by how their addresses begin. The longest beginning counts. Applications take up a rule when they are deployed or updated."
      add={{ label: 'Add rule', icon: <Plus aria-hidden />, onSelect: () => setOpen({ act: 'edit', rule: null }) }}
    >
      <QueryList
        query={rules}
        empty={
          <EmptyState icon={Split} title="No rules yet">
            Everything is downloaded from where its address says. Images have mirrors of their own: Settings → Registries.
          </EmptyState>
        }
      >
        {(list) => <RuleTable rules={list} onOpen={setOpen} />}
      </QueryList>
      {open?.act === 'edit' ? <EditRule known={open.rule} onClose={close} onDone={done} /> : null}
      {open?.act === 'remove' ? <RemoveRule rule={open.rule} onClose={close} onDone={done} /> : null}
    </SettingsSection>
  );
}

function RuleTable({ rules, onOpen }: { rules: readonly ArtifactRule[]; onOpen: (open: Open) => void }) {
  return (
    <Table aria-label="Artifact rules">
      <thead>
        <tr>
          <Th>Addresses that begin with</Th>
          <Th className="max-sm:hidden">Come from</Th>
          <Th className="text-right max-md:hidden">Age</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <Tr key={rule.id}>
            <Td className="font-medium">
              <span className="break-all">{rule.id}</span>
              <span className="flex items-center gap-1 break-all font-normal text-ink-3 sm:hidden">
                <ArrowRight aria-label="come from" className="size-3.5 shrink-0" />
                {rule.to}
              </span>
            </Td>
            <Td className="break-all text-ink-2 max-sm:hidden">{rule.to}</Td>
            <Td className="text-right text-ink-2 max-md:hidden">
              <Time at={rule.setAt} mode="age" />
            </Td>
            <RowActs onEdit={() => onOpen({ act: 'edit', rule })} onRemove={() => onOpen({ act: 'remove', rule })} />
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

interface DialogProps {
  onClose: () => void;
  onDone: () => void;
}

function EditRule({ known, onClose, onDone }: DialogProps & { known: ArtifactRule | null }) {
  const trpc = useTRPC();
  const [from, setFrom] = useState(known?.id ?? '');
  const [to, setTo] = useState(known?.to ?? '');
  const set = useMutation(trpc.artifactRule.set.mutationOptions({ onSuccess: onDone }));
  return (
    <FormDialog
      title={known === null ? 'Add a rule' : 'Edit the rule'}
      action={known === null ? 'Add the rule' : 'Save'}
      busy={set.isPending}
      error={set.error}
      onSubmit={() => set.mutate({ from: from.trim(), to: to.trim() })}
      onClose={onClose}
    >
      <Field className="col-span-2" label="Addresses that begin with" hint="With the slash that it ends with.">
        <Input
          required
          spellCheck={false}
          placeholder="https://repo1.maven.org/maven2/"
          disabled={known !== null}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </Field>
      <Field
        className="col-span-2"
        label="Come from"
        hint="Put in the place of that beginning; the rest of the address stays. A mirror, or file:maven/ for a folder among the console’s artifacts."
      >
        <Input
          required
          spellCheck={false}
          placeholder="http://mirror.local/maven/"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}

function RemoveRule({ rule, onClose, onDone }: DialogProps & { rule: ArtifactRule }) {
  const trpc = useTRPC();
  const remove = useMutation(trpc.artifactRule.remove.mutationOptions({ onSuccess: onDone }));
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title="Remove the rule?"
      description="What runs is left alone. What is deployed or updated from now on downloads from there again."
      victims={[{ title: 'This comes from where it says again', items: [rule.id] }]}
      action="Remove the rule"
      onConfirm={() => remove.mutate({ from: rule.id })}
    />
  );
}
