import type { ConfigMap } from '../blueprint/config-value.ts';

/** What a blueprint asks of one entity. Plain data; equal specs have equal canonical JSON. */
export interface EntitySpec {
  readonly type: string;
  readonly name: string;
  readonly planId: string | null;
  readonly path: string;
  /** Named location of this entity; null inherits the parent's. */
  readonly location: string | null;
  readonly config: ConfigMap;
  readonly children: readonly EntitySpec[];
  /** For clusters: what a member is. */
  readonly memberSpec: EntitySpec | null;
}
