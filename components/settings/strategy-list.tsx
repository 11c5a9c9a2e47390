'use client';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { SchemaForm } from '@/components/ui/schema-form.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { StrategyView } from '@/server/api/placement/strategies.ts';
import type { StrategyChoice } from '@/server/domain/placement/placement.ts';

export interface StrategyListProps {
  known: readonly StrategyView[];
  value: readonly StrategyChoice[];
  onChange: (value: readonly StrategyChoice[]) => void;
}

/** Placement strategies in the order in which they are asked. */
export function StrategyList({ known, value, onChange }: StrategyListProps) {
  const unused = known.filter((strategy) => !value.some((choice) => choice.strategy === strategy.id));
  const move = (index: number, by: 1 | -1) => {
    const next = [...value];
    const [taken] = next.splice(index, 1);
    if (taken) next.splice(index + by, 0, taken);
    onChange(next);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-sm font-medium text-ink-2">Placement strategies, in order</legend>
      {value.map((choice, index) => {
        const strategy = known.find((each) => each.id === choice.strategy);
        return (
          <div key={choice.strategy} className="rounded-md border border-line bg-surface px-3 py-2">
            <div className="flex items-start gap-1">
              <div className="min-w-0 flex-1">
                <p className="font-medium">{strategy?.title ?? choice.strategy}</p>
                <p className="text-sm text-ink-3">{strategy?.description}</p>
              </div>
              <Button variant="ghost" square aria-label="Ask earlier" disabled={index === 0} onClick={() => move(index, -1)}>
                <ArrowUp aria-hidden />
              </Button>
              <Button variant="ghost" square aria-label="Ask later" disabled={index === value.length - 1} onClick={() => move(index, 1)}>
                <ArrowDown aria-hidden />
              </Button>
              <Button variant="ghost" square aria-label="Take out" onClick={() => onChange(value.filter((each) => each !== choice))}>
                <X aria-hidden />
              </Button>
            </div>
            {strategy ? (
              <SchemaForm
                schema={strategy.configSchema}
                value={choice.config}
                onChange={(config) => onChange(value.map((each) => (each === choice ? { ...each, config } : each)))}
              />
            ) : null}
          </div>
        );
      })}
      {unused.length > 0 ? (
        <Select
          aria-label="Add a strategy"
          prompt="Add a strategy…"
          className="w-full"
          value={undefined}
          onChange={(strategy) => onChange([...value, { strategy, config: {} }])}
          options={unused.map((strategy) => ({ value: strategy.id, label: strategy.title }))}
        />
      ) : null}
    </fieldset>
  );
}
