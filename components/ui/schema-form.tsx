'use client';
import type { Json, JsonObject } from '@/server/domain/shared/json.ts';
import { Checkbox } from './checkbox.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';
import { type SchemaField, schemaFields, toJsonValue, toText } from './schema-fields.ts';
import { Select } from './select.tsx';

export interface SchemaFormProps {
  /** JSON schema of an object. */
  schema: JsonObject;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
}

/** A form for the flat part of a JSON schema: plug-ins get theirs without writing any. Empty fields are left out. */
export function SchemaForm({ schema, value, onChange }: SchemaFormProps) {
  const fields = schemaFields(schema);
  const set = (name: string, next: Json | undefined) => {
    const { [name]: _before, ...rest } = value;
    onChange(next === undefined ? rest : { ...rest, [name]: next });
  };
  return (
    <div className="flex flex-col gap-3">
      {fields.map((field) => (
        <SchemaControl key={field.name} field={field} value={value[field.name]} onChange={(next) => set(field.name, next)} />
      ))}
    </div>
  );
}

interface ControlProps {
  field: SchemaField;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

function SchemaControl({ field, value, onChange }: ControlProps) {
  const label = field.required ? field.title : `${field.title} (optional)`;
  if (field.kind === 'boolean') {
    return <Checkbox checked={value === true} onChange={onChange} label={field.title} hint={field.description} />;
  }
  if (field.kind === 'choice') {
    return (
      <Field label={label} hint={field.description}>
        <Select
          className="w-full"
          value={typeof value === 'string' ? value : undefined}
          onChange={onChange}
          options={field.choices.map((choice) => ({ value: choice, label: choice }))}
        />
      </Field>
    );
  }
  return (
    <Field label={label} hint={field.description}>
      <Input
        required={field.required}
        spellCheck={false}
        placeholder={field.fallback}
        inputMode={field.kind === 'number' ? 'decimal' : undefined}
        className={field.kind === 'json' ? 'font-mono' : undefined}
        defaultValue={toText(value)}
        onChange={(event) => onChange(toJsonValue(field, event.target.value))}
      />
    </Field>
  );
}
