'use client';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';

export interface MachinesFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** The blueprint says it itself. */
  written: boolean;
}

/** Where the hosts of a Docker cloud come from, in place of a cloud to run in. */
export function MachinesField({ value, onChange, written }: MachinesFieldProps) {
  return (
    <Field
      label="Machines from"
      hint={
        written ? 'Left empty: as written in the blueprint.' : 'byon:(hosts="10.0.0.1,10.0.0.2"), localhost, lab, or several with multi.'
      }
    >
      <Input
        value={value}
        placeholder={written ? 'As written' : 'byon:(hosts="…")'}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        autoComplete="off"
      />
    </Field>
  );
}
