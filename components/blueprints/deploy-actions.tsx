'use client';
import { BookOpen, Rocket } from 'lucide-react';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownItem } from '@/components/ui/dropdown.tsx';
import type { BlueprintFormat } from '@/server/domain/blueprint/blueprint-input.ts';
import type { ExportFormat } from '@/server/domain/blueprint/convert-blueprint.ts';
import type { Example } from './example.ts';
import { OpenMenu, type OpenMenuProps } from './open-menu.tsx';
import { ShowAsMenu } from './show-as-menu.tsx';

export interface DeployActionsProps extends OpenMenuProps {
  examples: readonly Example[];
  onExample: (example: Example) => void;
  /** Null while there is nothing that can be read. */
  format: BlueprintFormat | null;
  onShowAs: (as: ExportFormat) => void;
  onDeploy: () => void;
  /** There is no text. */
  empty: boolean;
  /** It cannot be deployed as it is. */
  refused: boolean;
  busy: boolean;
}

export function DeployActions(props: DeployActionsProps) {
  const { examples, onExample, format, onShowAs, onDeploy, empty, refused, busy, ...opening } = props;
  const mayDeploy = useMay('operate');
  return (
    <>
      <OpenMenu {...opening} />
      {examples.length > 0 ? (
        <Dropdown
          trigger={
            <Button>
              <BookOpen aria-hidden />
              <span className="max-sm:sr-only">Examples</span>
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
      {format === null ? null : <ShowAsMenu format={format} onShow={onShowAs} />}
      <Button
        variant="primary"
        onClick={onDeploy}
        disabled={empty || refused || !mayDeploy}
        busy={busy}
        title={mayDeploy ? 'Ctrl+Enter' : 'Your role may look, not deploy'}
      >
        <Rocket aria-hidden />
        Deploy
        <span aria-hidden className="text-xs font-normal max-sm:hidden">
          Ctrl ⏎
        </span>
      </Button>
    </>
  );
}
