import { useEffect } from 'react';

/** Names the tab of the browser after what the page shows, once that is known. */
export function usePageTitle(name: string | undefined): void {
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Clocker`;
  }, [name]);
}
