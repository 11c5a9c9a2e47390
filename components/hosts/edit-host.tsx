'use client';
import { useMutation } from '@tanstack/react-query';
import { type ComponentProps, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { Host } from '@/server/domain/entity/host.ts';
import { type HostForm, readHostForm, toHostForm } from './host-form.ts';

/** Name, labels, place and how it is reached. Its pinned key stays. */
export function EditHost({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const [form, setForm] = useState<HostForm>(() => toHostForm(host));
  const [tried, setTried] = useState(false);
  const update = useMutation(trpc.host.update.mutationOptions({ onSuccess: onClose }));
  const read = readHostForm(form);
  const errors = tried && !read.ok ? read.errors : {};
  const field = (key: keyof HostForm, props: Omit<ComponentProps<typeof Field>, 'children'>, placeholder?: string) => (
    <Field {...props} error={errors[key]}>
      <Input
        value={form[key]}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="none"
        onChange={(event) => setForm({ ...form, [key]: event.target.value })}
      />
    </Field>
  );
  return (
    <FormDialog
      title={`Edit ${host.name}`}
      action="Save"
      busy={update.isPending}
      error={update.error}
      onSubmit={() => {
        setTried(true);
        if (read.ok) update.mutate({ hostId: host.id, ...read.value });
      }}
      onClose={onClose}
    >
      {field('name', { label: 'Name', className: 'col-span-2' })}
      {field('address', { label: 'Address', hint: 'Its pinned key stays.' })}
      {field('port', { label: 'SSH port' })}
      {field('user', { label: 'User' })}
      {field('labels', { label: 'Labels' }, 'rack=2, disk=ssd')}
      {field('region', { label: 'Region' }, 'eu-central')}
      {field('zone', { label: 'Zone' }, 'eu-central-1a')}
      {field('country', { label: 'Country', hint: 'Two letters.' }, 'DE')}
      {field('coordinates', { label: 'Coordinates', hint: 'Latitude, longitude in degrees.' }, '52.52, 13.40')}
    </FormDialog>
  );
}
