'use client';
import { useId } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { removeConfig } from '@/server/domain/blueprint-edit/change-field.ts';
import { renameNode } from '@/server/domain/blueprint-edit/change-node.ts';
import { setRoot } from '@/server/domain/blueprint-edit/set-root.ts';
import { titleOf } from './blueprint-picture.ts';
import type { EditorStore } from './editor-store.ts';
import type { NodeInspectorProps } from './node-inspector.tsx';
import { PartIcon } from './part-icon.tsx';
import type { PartType } from './part-types.ts';
import { useTyped } from './use-typed.ts';

const WITH_LOCATION: ReadonlySet<GraphNode['role']> = new Set(['application', 'service', 'child', 'member', 'first-member']);

/** What a part is, and what it is called. */
export function NodeHead({ store, graph, node, locations, readOnly, part }: NodeInspectorProps & { part: PartType | undefined }) {
  const isCamp = graph.format === 'camp';
  const isApplication = node.role === 'application';
  return (
    <header className="flex flex-col gap-3">
      <div className="flex items-start gap-2">
        <PartIcon name={isApplication ? 'boxes' : (part?.icon ?? 'container')} className="mt-1 size-4 shrink-0 text-ink-3" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-lg font-semibold">{titleOf(node)}</h2>
          <p className="truncate font-mono text-xs text-ink-3" title={node.type ?? undefined}>
            {isApplication ? 'Application' : (node.type ?? node.role)}
          </p>
        </div>
        {part?.planned ? <Badge tone="warn">planned</Badge> : null}
      </div>
      {part?.planned ? (
        <p className="text-sm text-ink-2">This type is understood and checked, and not deployed yet.</p>
      ) : part?.description ? (
        <p className="text-sm text-ink-2">{part.description}</p>
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        {isCamp ? <RootField {...{ store, node, readOnly }} label="Name" name="name" value={node.name} /> : null}
        {isApplication ? null : <IdField {...{ store, node, readOnly }} label={isCamp ? 'Id' : 'Name'} />}
        {isCamp && WITH_LOCATION.has(node.role) && !node.fields.some(({ key }) => key === 'locations') ? (
          <RootField
            {...{ store, node, readOnly }}
            label="Location"
            name="location"
            value={locationOf(node)}
            options={locations}
            placeholder={isApplication ? 'Chosen when deploying' : 'As the application'}
          />
        ) : null}
      </div>
    </header>
  );
}

interface NameFieldProps {
  store: EditorStore;
  node: GraphNode;
  readOnly: boolean;
  label: string;
}

interface RootFieldProps extends NameFieldProps {
  name: string;
  /** Null where nothing is written; undefined where it is no text. */
  value: string | null | undefined;
  options?: readonly string[];
  placeholder?: string;
}

function RootField({ store, node, readOnly, label, name, value, options = [], placeholder }: RootFieldProps) {
  const id = useId();
  const typed = useTyped(value ?? '', (next) =>
    store.change((graph) => (next === '' ? removeConfig(graph, node.path, name) : setRoot(graph, node.path, name, next))),
  );
  if (value === undefined) return null;
  return (
    <>
      <Field label={label}>
        <Input
          {...typed}
          {...(options.length === 0 ? {} : { list: `${id}-options` })}
          readOnly={readOnly}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      {options.length === 0 ? null : (
        <datalist id={`${id}-options`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  );
}

function IdField({ store, node, readOnly, label }: NameFieldProps) {
  const typed = useTyped(node.id ?? '', (next) => {
    if (next.trim() !== '') store.change((graph) => renameNode(graph, node.path, next.trim()));
  });
  return (
    <Field label={label}>
      <Input {...typed} readOnly={readOnly} spellCheck={false} autoComplete="off" className="font-mono" />
    </Field>
  );
}

function locationOf({ fields }: GraphNode): string | null | undefined {
  const value = fields.find(({ key, place }) => key === 'location' && place === 'root')?.value;
  return value === undefined || value === null ? null : typeof value === 'string' ? value : undefined;
}
