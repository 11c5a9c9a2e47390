'use client';
import { Cable, Copy, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import type { BlueprintGraph, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { removeConfig, removeConfigItem, setConfig, setConfigItem } from '@/server/domain/blueprint-edit/change-field.ts';
import { formatPath } from '@/server/domain/blueprint-edit/yaml-path.ts';
import { AddSetting } from './add-setting.tsx';
import { titleOf } from './blueprint-picture.ts';
import { ConfigField } from './config-field.tsx';
import type { EditorStore } from './editor-store.ts';
import { type InspectorField, inspectorFields, isStructure, isUsual } from './inspector-fields.ts';
import { NodeHead } from './node-head.tsx';
import { NodeLinks } from './node-links.tsx';
import { findPart, type PartType } from './part-types.ts';
import { problemsOf } from './problems.ts';
import { SecretDialog } from './secret-dialog.tsx';
import { useTypeDetails } from './use-type-details.ts';
import type { WireDraft } from './wire-dialog.tsx';

export interface NodeInspectorProps {
  store: EditorStore;
  graph: BlueprintGraph;
  node: GraphNode;
  parts: readonly PartType[];
  problems: readonly Diagnostic[];
  /** Names of clouds. */
  locations: readonly string[];
  /** The text cannot be read just now. */
  readOnly: boolean;
  onWire: (draft: WireDraft) => void;
  onDuplicate: () => void;
  onDelete: () => void;
}

/** Everything that the blueprint says of one part, and what it could say besides, as the type's schema tells. */
export function NodeInspector(props: NodeInspectorProps) {
  const { store, graph, node, parts, problems, readOnly, onWire, onDuplicate, onDelete } = props;
  const part = findPart(parts, node.type);
  const details = useTypeDetails(part);
  const [shown, setShown] = useState<readonly string[]>([]);
  const [secretFor, setSecretFor] = useState<InspectorField | null>(null);
  const { written, more, unknown } = inspectorFields(node, details.data);
  const isApplication = node.role === 'application';
  const isSmall = written.length + more.length <= 8;
  const open = more.filter((field) => isSmall || shown.includes(field.key) || (isUsual(field) && !isApplication));
  const asked = [...written, ...open, ...shown.filter((key) => !more.some((field) => field.key === key) && !isSaid(node, key)).map(blank)];
  const told = new Set([...asked, ...unknown].flatMap((field) => problemsOf(problems, field)));
  const others = problems.filter((problem) => !told.has(problem));
  const change = (field: InspectorField) => ({
    onSet: (value: InspectorField['value']) =>
      store.change((now) => (value === undefined ? removeConfig(now, node.path, field.key) : setConfig(now, node.path, field.key, value))),
    onSetItem: (item: string, value: InspectorField['value']) =>
      store.change((now) =>
        value === undefined
          ? removeConfigItem(now, node.path, { key: field.key, item })
          : setConfigItem(now, node.path, { key: field.key, item }, value),
      ),
  });
  const show = (field: InspectorField) => (
    <ConfigField
      key={field.key}
      field={field}
      problems={problemsOf(problems, field)}
      readOnly={readOnly}
      {...change(field)}
      {...(graph.format === 'camp' && !isApplication ? { onWire: () => onWire({ from: null, to: node, key: field.key }) } : {})}
      onSecret={() => setSecretFor(field)}
    />
  );
  return (
    <div className="flex flex-col gap-4 px-4 py-4">
      <NodeHead {...props} part={part} />
      {isApplication ? null : (
        <div className="flex flex-wrap gap-2">
          {graph.format === 'camp' && ENTITIES.has(node.role) ? (
            <Button disabled={readOnly} onClick={() => onWire({ from: null, to: node })}>
              <Cable aria-hidden />
              Wire…
            </Button>
          ) : null}
          {typeof node.path.at(-1) === 'number' || graph.format === 'compose' ? (
            <Button disabled={readOnly} onClick={onDuplicate} title="Ctrl+D">
              <Copy aria-hidden />
              Duplicate
            </Button>
          ) : null}
          <Button variant="danger-ghost" disabled={readOnly} onClick={onDelete} title="Delete">
            <Trash2 aria-hidden />
            Remove
          </Button>
        </div>
      )}
      {others.length > 0 ? <Findings problems={others} /> : null}
      <NodeLinks {...props} />
      {details.error ? <ErrorState compact error={toErrorView(details.error)} /> : null}
      {details.isPending ? <Skeleton className="h-40 w-full" /> : null}
      {asked.length > 0 ? (
        <section aria-label="Settings" className="flex flex-col gap-3">
          <h3 className="font-medium">Settings</h3>
          {asked.map(show)}
        </section>
      ) : null}
      {details.isPending || isSmall ? null : (
        <AddSetting
          fields={more.filter((field) => !open.includes(field))}
          onAdd={(key) => setShown((before) => [...before, key])}
          disabled={readOnly}
        />
      )}
      {unknown.length > 0 ? (
        <section aria-label="Other keys" className="flex flex-col gap-3">
          <h3 className="flex items-center gap-2 font-medium">
            Other keys
            <Badge>{unknown.every(({ key }) => isStructure(key)) ? 'structure' : 'not of the type'}</Badge>
          </h3>
          {unknown.map(show)}
        </section>
      ) : null}
      {secretFor ? (
        <SecretDialog
          title={secretFor.title}
          onChoose={(value) => {
            change(secretFor).onSet(value);
            setSecretFor(null);
          }}
          onClose={() => setSecretFor(null)}
        />
      ) : null}
      <p className="font-mono text-2xs text-ink-3">
        {titleOf(node)} at {formatPath(node.path)}
      </p>
    </div>
  );
}

const ENTITIES: ReadonlySet<GraphNode['role']> = new Set(['service', 'child', 'member', 'first-member', 'spec']);

function isSaid(node: GraphNode, key: string): boolean {
  return node.fields.some((field) => field.key === key);
}

/** A key that the type does not tell of. */
function blank(key: string): InspectorField {
  const nothing = { help: '', choices: [], takes: [], fallback: '', required: false, isSecret: false, value: undefined, places: [] };
  return { key, title: key, kind: 'text', ...nothing };
}

function Findings({ problems }: { problems: readonly Diagnostic[] }) {
  return (
    <ul aria-label="Findings of this part" className="flex flex-col gap-1">
      {problems.map(({ message, hint, severity, line, column, code }) => (
        <li
          key={`${code} ${line}:${column} ${message}`}
          className={severity === 'error' ? 'rounded-md bg-bad-soft px-2 py-1.5 text-sm' : 'rounded-md bg-warn-soft px-2 py-1.5 text-sm'}
        >
          <span className="sr-only">{severity}: </span>
          {message}
          {hint ? <span className="block text-ink-2">{hint}</span> : null}
        </li>
      ))}
    </ul>
  );
}
