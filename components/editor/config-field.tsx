'use client';
import { Cable, KeyRound, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { cx } from '@/components/ui/cx.ts';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { readValue } from '@/server/domain/blueprint-edit/read-value.ts';
import { writeText } from '@/server/domain/blueprint-edit/write-text.ts';
import type { EditValue } from '@/server/domain/blueprint-edit/written-node.ts';
import { type InspectorField, parseList, parseScalar, scalarText } from './inspector-fields.ts';
import { MapField } from './map-field.tsx';
import { useTyped } from './use-typed.ts';

export interface ConfigFieldProps {
  field: InspectorField;
  problems: readonly Diagnostic[];
  readOnly: boolean;
  /** Undefined takes the key away. */
  onSet: (value: EditValue | undefined) => void;
  onSetItem: (item: string, value: EditValue | undefined) => void;
  /** Absent where nothing can be wired. */
  onWire?: () => void;
  onSecret?: () => void;
}

/** One config key: its title, help, default and what the planner finds in it. */
export function ConfigField(props: ConfigFieldProps) {
  const { field, problems, readOnly, onSet, onWire, onSecret } = props;
  const isSet = field.value !== undefined;
  const acts = readOnly ? null : (
    <span className="ml-auto flex items-center">
      {onSecret && field.kind === 'text' ? (
        <Act quiet={!field.isSecret} label={`Use a secret for ${field.title}`} onClick={onSecret} icon={<KeyRound aria-hidden />} />
      ) : null}
      {onWire && field.kind !== 'boolean' ? (
        <Act quiet label={`Wire ${field.title}`} onClick={onWire} icon={<Cable aria-hidden />} />
      ) : null}
      {isSet ? <Act label={`Remove ${field.title}`} onClick={() => onSet(undefined)} icon={<X aria-hidden />} /> : null}
    </span>
  );
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  return (
    <div className="group/field flex flex-col gap-1" data-config-key={field.key}>
      <Control {...props} acts={acts} error={worst ? [worst.message, worst.hint].filter(Boolean).join(' ') : undefined} />
    </div>
  );
}

interface ActProps {
  label: string;
  /** Seen only while one is at the field. */
  quiet?: boolean;
  onClick: () => void;
  icon: ReactNode;
}

const QUIET = 'opacity-0 transition-opacity group-focus-within/field:opacity-100 group-hover/field:opacity-100 pointer-coarse:opacity-100';

function Act({ label, quiet = false, onClick, icon }: ActProps) {
  return (
    <Button variant="ghost" square aria-label={label} title={label} onClick={onClick} className={cx('size-6!', quiet && QUIET)}>
      {icon}
    </Button>
  );
}

interface ControlProps extends ConfigFieldProps {
  acts: ReactNode;
  error: string | undefined;
}

function Control({ field, readOnly, acts, error, onSet, onSetItem }: ControlProps) {
  const { kind, value, fallback, choices, help, title, required } = field;
  const label = (
    <span className="flex min-h-6 items-center gap-1.5">
      <span className="min-w-0 truncate" title={field.key}>
        {title}
        {required ? ' (needed)' : ''}
      </span>
    </span>
  );
  const frame = (control: Parameters<typeof Field>[0]['children']) => (
    <div className="relative">
      <Field label={label} hint={help || undefined} error={error}>
        {control}
      </Field>
      {acts === null ? null : <span className="absolute top-0 right-0">{acts}</span>}
    </div>
  );
  if (kind === 'boolean') {
    return (
      <div className="flex items-start gap-2">
        <Checkbox
          checked={value === undefined ? fallback === 'true' : value === true}
          onChange={(checked) => onSet(checked)}
          disabled={readOnly}
          label={title}
          hint={error ?? help}
        />
        {acts}
      </div>
    );
  }
  if (kind === 'choice' && (value === undefined || choices.includes(scalarText(value)))) {
    const chosen = value === undefined ? undefined : scalarText(value);
    return frame(
      <Select
        className="w-full"
        value={chosen}
        prompt={fallback === '' ? 'Choose…' : `${fallback} (default)`}
        options={choices.map((choice) => ({ value: choice, label: choice }))}
        onChange={onSet}
        disabled={readOnly}
      />,
    );
  }
  if (kind === 'map') {
    return <MapField label={title} help={help} error={error} acts={acts} value={value} readOnly={readOnly} onSetItem={onSetItem} />;
  }
  if (kind === 'yaml') return frame(<YamlControl value={value} readOnly={readOnly} onSet={onSet} />);
  return frame(<TextControl field={field} readOnly={readOnly} onSet={onSet} />);
}

type TextControlProps = Pick<ConfigFieldProps, 'field' | 'readOnly' | 'onSet'>;

function TextControl({ field, readOnly, onSet, ...rest }: TextControlProps) {
  const { kind, value, fallback, isSecret } = field;
  const text = scalarText(value);
  const isExpression = text.startsWith('$brooklyn:');
  const typed = useTyped(text, (next) => onSet(kind === 'list' ? parseList(next) : parseScalar(next, field.takes)));
  const look = cx((isExpression || field.kind === 'list') && 'font-mono');
  if (text.includes('\n'))
    return <Textarea {...rest} {...typed} rows={Math.min(12, text.split('\n').length)} readOnly={readOnly} className="font-mono" />;
  return (
    <Input
      {...rest}
      {...typed}
      readOnly={readOnly}
      type={isSecret && !isExpression ? 'password' : 'text'}
      placeholder={fallback || (kind === 'list' ? 'Values, separated by commas' : undefined)}
      spellCheck={false}
      autoComplete={isSecret ? 'new-password' : 'off'}
      className={look}
    />
  );
}

/** What has an inner structure of its own is written as YAML. */
function YamlControl({ value, readOnly, onSet, ...rest }: Pick<ConfigFieldProps, 'readOnly' | 'onSet'> & { value: EditValue | undefined }) {
  const text = value === undefined || value === null ? '' : (writeText(value) ?? '').trimEnd();
  const typed = useTyped(text, (next) => {
    const read = readValue(next);
    if (read.ok) onSet(next.trim() === '' ? undefined : read.value);
  });
  const problem = readValue(typed.value);
  return (
    <Textarea
      {...rest}
      {...typed}
      readOnly={readOnly}
      rows={Math.min(10, Math.max(2, typed.value.split('\n').length))}
      placeholder="YAML"
      spellCheck={false}
      aria-invalid={problem.ok ? undefined : true}
      title={problem.ok ? 'Ctrl+Enter takes it' : problem.message}
      className="font-mono"
    />
  );
}
