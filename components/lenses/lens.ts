/** Ways to look at one application: its entities as a list, or the canvas through one of three lenses. */
export const LENSES = ['entities', 'design', 'live', 'diff'] as const;
export type Lens = (typeof LENSES)[number];

export const LENS_OPTIONS = [
  { value: 'entities', label: 'Entities' },
  { value: 'design', label: 'Design' },
  { value: 'live', label: 'Live' },
  { value: 'diff', label: 'Diff' },
] as const satisfies readonly { readonly value: Lens; readonly label: string }[];
