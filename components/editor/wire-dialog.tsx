'use client';
import { ArrowLeftRight } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { BlueprintGraph, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import type { NamedChange } from '@/server/domain/blueprint-edit/named-change.ts';
import { expression, freshId, type ReadThing, type Wire } from '@/server/domain/blueprint-edit/wire-reference.ts';
import { titleOf } from './blueprint-picture.ts';
import { connection } from './connect.ts';
import { findPart, type PartType } from './part-types.ts';
import { useTypeDetails } from './use-type-details.ts';
import { allFields, guessWire, sensorNames, type WireGuess } from './wire-choices.ts';

/** A wire that is being made: what is known of it. */
export interface WireDraft {
  /** Whose sensor is read; null while that is not chosen. */
  readonly from: GraphNode | null;
  readonly to: GraphNode;
  readonly key?: string;
}

export interface WireDialogProps {
  draft: WireDraft;
  graph: BlueprintGraph;
  parts: readonly PartType[];
  onChange: (draft: WireDraft) => void;
  onWire: (wire: Wire) => void;
  /** The line means one thing alone: nothing is asked. */
  onConnect: (change: NamedChange) => void;
  onClose: () => void;
}

const ENTITIES: ReadonlySet<GraphNode['role']> = new Set(['service', 'child', 'member', 'first-member']);

/** Which sensor of one part goes into which config key of another. */
export function WireDialog({ draft, graph, parts, onChange, onWire, onConnect, onClose }: WireDialogProps) {
  const { from, to } = draft;
  const fromType = useTypeDetails(findPart(parts, from?.type ?? null));
  const toType = useTypeDetails(findPart(parts, to.type));
  const sources = graph.nodes.filter((node) => ENTITIES.has(node.role) && node !== to);
  const isLoading = fromType.isPending || toType.isPending;
  const meant = from === null ? null : connection(graph, from, to);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Wire into ${titleOf(to)}`}
      description="A sensor is read once it has a value: who reads it waits until then."
    >
      <div className="flex items-end gap-2 pb-4">
        <Field label="Read from" className="min-w-0 flex-1">
          <Select
            className="w-full"
            value={from === null ? undefined : JSON.stringify(from.path)}
            prompt={sources.length === 0 ? 'There is nothing else yet' : 'Choose…'}
            options={sources.map((node) => ({ value: JSON.stringify(node.path), label: titleOf(node) }))}
            onChange={(path) => onChange({ ...draft, from: sources.find((node) => JSON.stringify(node.path) === path) ?? null })}
          />
        </Field>
        <Button
          aria-label="The other way round"
          title="The other way round"
          square
          disabled={from === null}
          onClick={() => from && onChange({ from: to, to: from })}
        >
          <ArrowLeftRight aria-hidden />
        </Button>
      </div>
      {from !== null && meant !== null ? (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (meant.ok) onConnect(meant);
          }}
        >
          <p className="rounded-md bg-sunken px-3 py-2">{meant.ok ? meant.name : meant.message}</p>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={!meant.ok}>
              Wire
            </Button>
          </div>
        </form>
      ) : null}
      {from !== null && meant === null && isLoading ? <Skeleton className="h-40 w-full" /> : null}
      {from !== null && meant === null && !isLoading ? (
        <WireForm
          key={`${JSON.stringify([from.path, to.path])}`}
          {...{ draft, from, graph, onWire, onClose }}
          guess={{ ...guessWire(from, fromType.data, to, toType.data), ...(draft.key === undefined ? {} : { key: draft.key }) }}
          sensors={sensorNames(fromType.data)}
          configs={allFields(from, fromType.data).map(({ key }) => key)}
          fields={allFields(to, toType.data)}
        />
      ) : null}
    </Dialog>
  );
}

interface WireFormProps extends Pick<WireDialogProps, 'draft' | 'graph' | 'onWire' | 'onClose'> {
  from: GraphNode;
  guess: WireGuess;
  sensors: readonly string[];
  configs: readonly string[];
  fields: ReturnType<typeof allFields>;
}

const KINDS = [
  { value: 'sensor', label: 'A sensor' },
  { value: 'config', label: 'A config value' },
  { value: 'entity', label: 'The part itself' },
] as const;

function WireForm({ draft: { to }, from, graph, guess, sensors, configs, fields, onWire, onClose }: WireFormProps) {
  const [{ kind, name, key, item }, set] = useState(guess);
  const formId = useId();
  const change = (part: Partial<WireGuess>) => set((before) => ({ ...before, ...part }));
  const isMap = fields.find((field) => field.key === key.trim())?.kind === 'map';
  const read: ReadThing = kind === 'entity' ? { kind } : { kind, name: name.trim() };
  const isWhole = key.trim() !== '' && (kind === 'entity' || name.trim() !== '') && (!isMap || item.trim() !== '');
  const wire: Wire = { from: from.path, read, to: to.path, key: key.trim(), ...(isMap ? { item: item.trim() } : {}) };
  return (
    <form
      id={formId}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onWire(wire);
      }}
    >
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="What is read">
          <Select className="w-full" value={kind} options={KINDS} onChange={(next) => change({ kind: next, name: '' })} />
        </Field>
        {kind === 'entity' ? null : (
          <Field label={kind === 'sensor' ? 'Sensor' : 'Config key read'}>
            <Input
              value={name}
              onChange={(event) => change({ name: event.target.value })}
              list={`${formId}-names`}
              spellCheck={false}
              autoComplete="off"
              className="font-mono"
            />
          </Field>
        )}
        <Field label={`Config key of ${titleOf(to)}`}>
          <Input
            value={key}
            onChange={(event) => change({ key: event.target.value })}
            list={`${formId}-keys`}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
          />
        </Field>
        {isMap ? (
          <Field label="Name in it">
            <Input value={item} onChange={(event) => change({ item: event.target.value })} spellCheck={false} className="font-mono" />
          </Field>
        ) : null}
      </div>
      <datalist id={`${formId}-names`}>
        {(kind === 'sensor' ? sensors : configs).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <datalist id={`${formId}-keys`}>
        {fields.map((field) => (
          <option key={field.key} value={field.key}>
            {field.title}
          </option>
        ))}
      </datalist>
      <div className="rounded-md bg-sunken px-3 py-2">
        <p className="pb-1 text-xs text-ink-3">This is written</p>
        <code className="font-mono text-xs break-all">
          {(isMap ? item : key) || '…'}: {expression(from.id ?? freshId(graph, from), read)}
        </code>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!isWhole}>
          Wire
        </Button>
      </div>
    </form>
  );
}
