import type { CSSProperties } from 'react';

/** The library's own colours, taken from ours. */
export const FLOW_COLORS = {
  '--xy-controls-button-background-color': 'var(--surface)',
  '--xy-controls-button-background-color-hover': 'var(--sunken)',
  '--xy-controls-button-color': 'var(--ink-2)',
  '--xy-controls-button-color-hover': 'var(--ink)',
  '--xy-controls-button-border-color': 'var(--line)',
  '--xy-controls-box-shadow': 'none',
} as CSSProperties;
