'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { CloudId } from '@/server/domain/shared/ids.ts';
import { parseLabels } from './parse-labels.ts';

export interface Machine {
  readonly cloudId: CloudId;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly labels: Readonly<Record<string, string>>;
}

const NEW_CLOUD = '(new)';
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Lower-case letters, digits and hyphens, at most 63.');

const schema = z.object({
  cloud: z.string(),
  cloudName: z.union([z.literal(''), slug]),
  name: slug,
  address: z.string().trim().min(1, 'A host name or IP address.').max(253),
  port: z.coerce.number<string>().int('A whole number.').min(1, '1 to 65535.').max(65_535, '1 to 65535.'),
  user: z.string().trim().min(1, 'The user to log in as.').max(64),
  labels: z.string().refine((text) => parseLabels(text) !== null, 'Write name=value, separated by commas.'),
});

export function MachineStep({ initial, onDone }: { initial: Machine | null; onDone: (machine: Machine) => void }) {
  const trpc = useTRPC();
  const clouds = useRecords('cloud', undefined, (a, b) => a.name.localeCompare(b.name));
  const createCloud = useMutation(trpc.cloud.create.mutationOptions());
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: {
      cloud: initial?.cloudId ?? clouds[0]?.id ?? NEW_CLOUD,
      cloudName: clouds.length === 0 ? 'my-docker-cloud' : '',
      name: initial?.name ?? '',
      address: initial?.address ?? '',
      port: String(initial?.port ?? 22),
      user: initial?.user ?? 'root',
      labels: Object.entries(initial?.labels ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
    },
  });
  const { errors } = form.formState;
  const isNew = form.watch('cloud') === NEW_CLOUD;
  const submit = form.handleSubmit(({ cloud, cloudName, labels, ...machine }) => {
    const goOn = (cloudId: CloudId) => onDone({ ...machine, cloudId, labels: parseLabels(labels) ?? {} });
    const known = clouds.find((each) => each.id === cloud);
    if (known) return goOn(known.id);
    if (cloudName === '') return form.setError('cloudName', { message: 'Name the cloud.' });
    createCloud.mutate(
      { name: cloudName },
      {
        onSuccess: ({ cloudId }) => {
          form.setValue('cloud', cloudId);
          goOn(cloudId);
        },
      },
    );
  });
  return (
    <form onSubmit={submit} className="grid grid-cols-6 gap-x-3 gap-y-4" noValidate>
      <Field label="Cloud" hint="The location that blueprints name." className={isNew ? 'col-span-3' : 'col-span-6'}>
        <Controller
          control={form.control}
          name="cloud"
          render={({ field }) => (
            <Select
              aria-label="Cloud"
              className="w-full"
              value={field.value}
              onChange={field.onChange}
              options={[
                ...clouds.map((cloud) => ({ value: cloud.id as string, label: cloud.name })),
                { value: NEW_CLOUD, label: 'A new cloud' },
              ]}
            />
          )}
        />
      </Field>
      {isNew ? (
        <Field label="Name of the cloud" error={errors.cloudName?.message} className="col-span-3">
          <Input spellCheck={false} {...form.register('cloudName')} />
        </Field>
      ) : null}
      <Field label="Name" error={errors.name?.message} className="col-span-6">
        <Input placeholder="docker-1" spellCheck={false} {...form.register('name')} />
      </Field>
      <Field label="Address" error={errors.address?.message} className="col-span-4">
        <Input placeholder="10.0.0.11" spellCheck={false} autoCapitalize="none" {...form.register('address')} />
      </Field>
      <Field label="SSH port" error={errors.port?.message} className="col-span-2">
        <Input inputMode="numeric" {...form.register('port')} />
      </Field>
      <Field label="User" hint="Must reach the Docker socket." error={errors.user?.message} className="col-span-3">
        <Input spellCheck={false} autoCapitalize="none" {...form.register('user')} />
      </Field>
      <Field label="Labels" hint="Placement can ask for them." error={errors.labels?.message} className="col-span-3">
        <Input placeholder="rack=2, disk=ssd" spellCheck={false} {...form.register('labels')} />
      </Field>
      {createCloud.error ? <ErrorState error={toErrorView(createCloud.error)} compact className="col-span-6" /> : null}
      <div className="col-span-6 flex justify-end">
        <Button type="submit" variant="primary" busy={createCloud.isPending}>
          Next: credential
        </Button>
      </div>
    </form>
  );
}
