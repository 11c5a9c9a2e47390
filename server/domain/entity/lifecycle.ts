/**
 * Brooklyn's lifecycle, one word for each state.
 *
 *   CREATED ─► STARTING ─► RUNNING ─► STOPPING ─► STOPPED ─► DESTROYED
 *                 │  ▲        │ ▲         │           │
 *                 ▼  └────────┼─┼─────────┼── start ──┘
 *              ON_FIRE ◄──────┘ └ recovers
 */
export const LIFECYCLES = ['CREATED', 'STARTING', 'RUNNING', 'STOPPING', 'STOPPED', 'DESTROYED', 'ON_FIRE'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

/** What somebody wants of an entity; the engine works until `actual` agrees. */
export type Goal = 'running' | 'stopped' | 'destroyed';
