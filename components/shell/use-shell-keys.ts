'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { isTyping } from '@/components/ui/is-typing.ts';
import { NAV_ITEMS } from './nav-items.ts';

const CHORD_MS = 1_200;

/** Ctrl/Cmd-K opens the palette, `?` the sheet of all keys, `/` the screen's filter (the palette where there is none), `g` and a letter goes to a screen. */
export function useShellKeys() {
  const [open, setOpen] = useState(false);
  const [sheet, setSheet] = useState(false);
  const router = useRouter();
  useEffect(() => {
    let chordAt = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen((before) => !before);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '/') {
        event.preventDefault();
        const search = document.querySelector<HTMLInputElement>('[data-screen-search]');
        if (search) search.focus();
        else setOpen(true);
        return;
      }
      if (event.key === '?') {
        event.preventDefault();
        setSheet(true);
        return;
      }
      const target = Date.now() - chordAt < CHORD_MS ? NAV_ITEMS.find((item) => item.key === event.key) : undefined;
      chordAt = event.key === 'g' ? Date.now() : 0;
      if (target) router.push(target.href);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [router]);
  return { open, setOpen, sheet, setSheet };
}
