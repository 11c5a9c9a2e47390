'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';

export interface SecretDialogProps {
  title: string;
  onChoose: (expression: string) => void;
  onClose: () => void;
}

/** A secret of the installation instead of a value that anybody could read in the blueprint. */
export function SecretDialog({ title, onChoose, onClose }: SecretDialogProps) {
  const may = useMay('administer');
  const secrets = useQuery(useTRPC().secret.list.queryOptions(undefined, { enabled: may }));
  const [provider, setProvider] = useState('');
  const [name, setName] = useState('');
  const known = secrets.data ?? [];
  const field = (label: string, value: string, set: (value: string) => void) => (
    <Field label={label}>
      <Input
        value={value}
        onChange={(event) => set(event.target.value)}
        list={`secret-${label}`}
        spellCheck={false}
        autoComplete="off"
        className="font-mono"
      />
    </Field>
  );
  return (
    <FormDialog
      title={`A secret for ${title}`}
      action="Use it"
      busy={false}
      error={null}
      disabled={provider.trim() === '' || name.trim() === ''}
      onSubmit={() => onChoose(`$brooklyn:external(${JSON.stringify(provider.trim())}, ${JSON.stringify(name.trim())})`)}
      onClose={onClose}
    >
      {field('Provider', provider, setProvider)}
      {field('Secret', name, setName)}
      <datalist id="secret-Provider">
        {[...new Set(known.map((one) => one.provider))].map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <datalist id="secret-Secret">
        {known
          .filter((one) => provider === '' || one.provider === provider)
          .map((one) => (
            <option key={one.id} value={one.name} />
          ))}
      </datalist>
      <p className="col-span-2 text-sm text-ink-3">
        Secrets are kept under Settings → Secrets. The blueprint names the secret; what it holds is shown to nobody.
      </p>
    </FormDialog>
  );
}
