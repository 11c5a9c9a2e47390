'use client';
import { useState } from 'react';
import { parseTheme, type Theme, toThemeCookie } from './theme.ts';

/** The chosen colours; a change shows at once and is kept in a cookie. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() =>
    typeof document === 'undefined' ? 'system' : parseTheme(document.documentElement.dataset.theme),
  );
  const choose = (next: Theme) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs a secure context, which a lab on plain HTTP is not
    document.cookie = toThemeCookie(next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    setTheme(next);
  };
  return [theme, choose];
}
