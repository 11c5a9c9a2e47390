'use client';
import { type KeyboardEvent, useState } from 'react';

/** A text that counts once it is left, or with Enter (in a field of several lines with Ctrl+Enter); Escape takes it back. */
export function useTyped(text: string, commit: (text: string) => void) {
  const [typed, setTyped] = useState({ from: text, text });
  if (typed.from !== text) setTyped({ from: text, text });
  const now = typed.from === text ? typed.text : text;
  const finish = () => {
    if (now !== text) commit(now);
  };
  return {
    value: now,
    onChange: (event: { readonly target: { readonly value: string } }) => setTyped({ from: text, text: event.target.value }),
    onBlur: finish,
    onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const isArea = event.currentTarget instanceof HTMLTextAreaElement;
      if (event.key === 'Enter' && (!isArea || event.ctrlKey || event.metaKey)) {
        if (now === text) return;
        event.preventDefault();
        finish();
      }
      if (event.key === 'Escape' && now !== text) {
        event.stopPropagation();
        setTyped({ from: text, text });
      }
    },
  };
}
