/** A screen with its filters and selection. */
export interface SavedView {
  readonly name: string;
  /** Path and query of this console. */
  readonly href: string;
}

/** By name; one of the same name is replaced. */
export function addView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name));
}

/** What was stored, without what is none: anybody's script may have written there. */
export function parseViews(raw: string | null): readonly SavedView[] {
  if (raw === null) return [];
  try {
    const stored: unknown = JSON.parse(raw);
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('href' in value)) return false;
  return typeof value.name === 'string' && typeof value.href === 'string' && /^\/(?![/\\])/.test(value.href);
}
