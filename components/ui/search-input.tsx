'use client';
import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Input } from './input.tsx';
import { Kbd } from './kbd.tsx';

/** The filter of a screen. `/` focuses it from anywhere (see `components/shell/use-shell-keys.ts`), Escape clears and leaves it. */
export function SearchInput({ className, onClear, ...rest }: ComponentProps<'input'> & { onClear: () => void }) {
  return (
    <div className={cx('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-3" />
      <Input
        type="search"
        data-screen-search
        className="peer pl-8 [&::-webkit-search-cancel-button]:hidden"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          onClear();
          event.currentTarget.blur();
        }}
        {...rest}
      />
      <Kbd className="absolute top-1/2 right-2 -translate-y-1/2 peer-focus:hidden max-sm:hidden">/</Kbd>
    </div>
  );
}
