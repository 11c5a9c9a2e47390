'use client';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { AskedValue, AskedValues } from '@/server/domain/blueprint/asked-values.ts';
import type { BlueprintFormat, BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { SECRET_WORDS } from '@/server/domain/blueprint/secret-words.ts';

export interface AskedFieldsProps {
  asked: AskedValues;
  format: BlueprintFormat | null;
  given: Pick<BlueprintInput, 'variables' | 'profiles'>;
  /** Null takes the value away. */
  onValue: (name: string, value: string | null) => void;
  onProfile: (name: string, on: boolean) => void;
}

/** What a blueprint takes from outside: variables or inputs, and profiles. Nothing where it takes nothing. */
export function AskedFields({ asked, format, given, onValue, onProfile }: AskedFieldsProps) {
  const { variables = {}, profiles = [] } = given;
  const names = new Set([...asked.values.map(({ name }) => name)]);
  // What is given and not asked for any more can be taken away.
  const values: readonly AskedValue[] = [
    ...asked.values,
    ...Object.keys(variables).flatMap((name) => (names.has(name) ? [] : [{ name, otherwise: null }])),
  ];
  const choices = [...new Set([...asked.profiles, ...profiles])];
  return (
    <>
      {values.length > 0 ? (
        <section aria-label={titleOf(format)} className="flex flex-col gap-2">
          <h2 className="font-medium">{titleOf(format)}</h2>
          <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            {values.map(({ name, otherwise }) => (
              <Field key={name} label={<code className="font-mono">{name}</code>}>
                <Input
                  type={SECRET_WORDS.test(name) ? 'password' : 'text'}
                  value={variables[name] ?? ''}
                  placeholder={otherwise ?? 'No value'}
                  onChange={(event) => onValue(name, event.target.value === '' ? null : event.target.value)}
                  spellCheck={false}
                  // Browsers fill in passwords that they know in spite of “off”.
                  autoComplete={SECRET_WORDS.test(name) ? 'new-password' : 'off'}
                />
              </Field>
            ))}
          </div>
        </section>
      ) : null}
      {choices.length > 0 ? (
        <section aria-label="Profiles" className="flex flex-col gap-2">
          <h2 className="font-medium">Profiles</h2>
          <p className="text-sm text-ink-3">Services of a profile are deployed when it is on.</p>
          <div className="flex flex-wrap gap-x-4 gap-y-2">
            {choices.map((name) => (
              <Checkbox key={name} checked={profiles.includes(name)} onChange={(on) => onProfile(name, on)} label={name} />
            ))}
          </div>
        </section>
      ) : null}
    </>
  );
}

function titleOf(format: BlueprintFormat | null): string {
  return format === 'tosca' ? 'Inputs' : 'Variables';
}
