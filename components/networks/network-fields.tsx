'use client';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { NetworkChoices } from './network-form.ts';

export interface NetworkFieldsProps {
  value: NetworkChoices;
  onChange: (value: NetworkChoices) => void;
  subnetHint: string;
  /** Somebody is on it: addresses and way out stay. */
  fixed?: boolean;
}

export function NetworkFields({ value, onChange, subnetHint, fixed = false }: NetworkFieldsProps) {
  const text = (key: 'subnet' | 'description' | 'joiners') => ({
    spellCheck: false,
    value: value[key],
    onChange: (event: { readonly target: { readonly value: string } }) => onChange({ ...value, [key]: event.target.value }),
  });
  return (
    <>
      <Field label="Addresses" hint={subnetHint} className="col-span-2">
        <Input placeholder="10.208.0.0/24" disabled={fixed} {...text('subnet')} />
      </Field>
      <Field label="Applications that may join it" hint="Names, with commas between them. Empty: any of the cloud." className="col-span-2">
        <Input placeholder="shop, blog" {...text('joiners')} />
      </Field>
      <Field label="What it is for" className="col-span-2">
        <Input maxLength={500} {...text('description')} />
      </Field>
      <div className="col-span-2">
        <Checkbox
          checked={value.internal}
          disabled={fixed}
          onChange={(internal) => onChange({ ...value, internal })}
          label="No way out"
          hint="Nothing outside of it can be reached from it."
        />
      </div>
    </>
  );
}
