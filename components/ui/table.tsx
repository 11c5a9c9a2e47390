import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** Scrolls sideways by itself on narrow screens; the header stays in view. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <div className="w-full overflow-x-auto">
      <table className={cx('w-full border-collapse text-sm', className)} {...rest} />
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cx(
        'h-8 border-b border-line px-3 text-left text-xs font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4',
        className,
      )}
      {...rest}
    />
  );
}

/** Over the buttons of rows. */
export function ThActs() {
  return (
    <Th>
      <span className="sr-only">Acts</span>
    </Th>
  );
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr className={cx('h-row border-b border-line last:border-b-0 hover:bg-hover aria-selected:bg-accent-soft', className)} {...rest} />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={cx('px-3 whitespace-nowrap first:pl-4 last:pr-4', className)} {...rest} />;
}
