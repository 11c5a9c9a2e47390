import { CircleCheck, CircleMinus, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { cx } from '@/components/ui/cx.ts';
import type { ConnectionCheck } from '@/server/domain/host/connection-checks.ts';

const LOOKS: Readonly<Record<ConnectionCheck['state'], { readonly icon: LucideIcon; readonly ink: string; readonly word: string }>> = {
  ok: { icon: CircleCheck, ink: 'text-ok', word: 'ok' },
  warning: { icon: TriangleAlert, ink: 'text-warn', word: 'warning' },
  failed: { icon: CircleX, ink: 'text-bad', word: 'failed' },
  skipped: { icon: CircleMinus, ink: 'text-ink-3', word: 'not looked at' },
};

export type ShownCheck = Pick<ConnectionCheck, 'title' | 'state' | 'text' | 'fix'> & { readonly name: string };

/** What was looked at, with what to do about it. */
export function ConnectionChecks({ checks }: { checks: readonly ShownCheck[] }) {
  return (
    <ul aria-label="Checks" className="divide-y divide-line rounded-md border border-line bg-surface">
      {checks.map(({ name, title, state, text, fix }) => {
        const { icon: Icon, ink, word } = LOOKS[state];
        return (
          <li key={name} className="flex gap-3 px-3 py-2">
            <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', ink)} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap gap-x-2">
                <span className="font-medium">{title}</span>
                <span className={cx(ink, state === 'ok' && 'sr-only')}>{word}</span>
                {state === 'skipped' ? null : <span className="min-w-0 break-words text-ink-2">{text}</span>}
              </p>
              {fix ? <Fix text={fix} /> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** A command after the colon is to be copied. */
function Fix({ text }: { text: string }) {
  const command = /: ((?:sudo|echo|docker) .+)$/.exec(text)?.[1];
  return (
    <p className="flex items-start gap-2">
      <span className="min-w-0 flex-1 break-words">{text}</span>
      {command ? <CopyButton text={command} label="Copy the command" /> : null}
    </p>
  );
}
