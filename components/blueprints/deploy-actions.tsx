'use client';
import { BookOpen, Rocket } from 'lucide-react';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownItem } from '@/components/ui/dropdown.tsx';
import type { Example } from './example.ts';

export interface DeployActionsProps {
  examples: readonly Example[];
  onExample: (example: Example) => void;
  onDeploy: () => void;
  disabled: boolean;
  busy: boolean;
}

export function DeployActions({ examples, onExample, onDeploy, disabled, busy }: DeployActionsProps) {
  const mayDeploy = useMay('operate');
  return (
    <>
      {examples.length > 0 ? (
        <Dropdown
          trigger={
            <Button>
              <BookOpen aria-hidden />
              Examples
            </Button>
          }
        >
          {examples.map((example) => (
            <DropdownItem key={example.id} onSelect={() => onExample(example)}>
              {example.title}
            </DropdownItem>
          ))}
        </Dropdown>
      ) : null}
      <Button
        variant="primary"
        onClick={onDeploy}
        disabled={disabled || !mayDeploy}
        busy={busy}
        title={mayDeploy ? 'Ctrl+Enter' : 'Your role may look, not deploy'}
      >
        <Rocket aria-hidden />
        Deploy
        <span aria-hidden className="text-xs font-normal opacity-75 max-sm:hidden">
          Ctrl ⏎
        </span>
      </Button>
    </>
  );
}
