import type { ConfigMap } from '../blueprint/config-value.ts';
import type { Artifacts } from '../build/artifacts.ts';

/** What a blueprint asks of one entity. Plain data; equal specs have equal canonical JSON, so optional parts are absent when empty. */
export interface EntitySpec {
  readonly type: string;
  readonly name: string;
  readonly planId: string | null;
  readonly path: string;
  /** Named location of this entity; null inherits the parent's. */
  readonly location: string | null;
  /** Locations in another form than a name (`byon:(…)`, `localhost`, `jclouds:…`), in their order. */
  readonly locations?: readonly LocationSpec[];
  readonly config: ConfigMap;
  readonly children: readonly EntitySpec[];
  /** For clusters: what a member is. */
  readonly memberSpec: EntitySpec | null;
  /** For clusters whose first member, the one that is made while there is no other, differs. */
  readonly firstMemberSpec?: EntitySpec;
  readonly policies?: readonly AdjunctSpec[];
  readonly enrichers?: readonly AdjunctSpec[];
  /** Effectors, sensors and feeds that the blueprint adds. */
  readonly initializers?: readonly AdjunctSpec[];
  readonly parameters?: readonly ParameterSpec[];
  readonly tags?: readonly (string | ConfigMap)[];
  /** What must be there before this entity starts. */
  readonly dependsOn?: readonly DependencySpec[];
  /** True where its config reaches the host, and that was allowed. */
  readonly hostAccess?: true;
  /** Of the root of an application: what its images are built of. */
  readonly artifacts?: Artifacts;
  /** `name:version` of the catalog item it was made from. */
  readonly catalogItem?: string;
  /** Path of the root of the catalog item in whose text it stands: its `scopeRoot`. Absent: the application’s root. */
  readonly scopeRoot?: string;
}

/** A policy, enricher or initializer attached to an entity. */
export interface AdjunctSpec {
  /** Canonical, or as written when it is not known. */
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly config: ConfigMap;
}

/** A location as Brooklyn writes it: `prefix:rest:(key=value,…)`, or a map with one key. */
export interface LocationSpec {
  /** `byon`, `localhost`, `host`, `multi`, `docker`, `jclouds`, `named`, or a bare provider such as `aws-ec2`. */
  readonly kind: string;
  /** What follows the prefix: an address, a region, a name; empty where there is none. */
  readonly target: string;
  readonly options: ConfigMap;
}

/** One of `brooklyn.parameters`: a config key that the blueprint declares. */
export interface ParameterSpec {
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
  /** `string`, `integer`, `long`, `float`, `double`, `boolean`, `duration`, `timestamp`, `port`, or the name of a class. */
  readonly type: string;
  readonly defaultValue?: ConfigMap[string];
  readonly pinned?: boolean;
  readonly reconfigurable?: boolean;
  /** As written: `required`, `{ regex: … }` … */
  readonly constraints?: readonly ConfigMap[string][];
  /** Name of a sensor that publishes the value. */
  readonly sensor?: string;
  /** Names under which blueprints may still give it. */
  readonly deprecatedNames?: readonly string[];
  /** `none`, `never`, `overwrite` or `deep_merge`. */
  readonly inheritance?: { readonly runtime?: string; readonly type?: string };
}

/** Compose's `depends_on`: waits for another service of the same application. */
export interface DependencySpec {
  /** Id of the service in the blueprint. */
  readonly on: string;
  readonly condition: 'started' | 'healthy' | 'completed';
  /** Restarted when the other one was. */
  readonly restart?: boolean;
  /** False: goes on without it when it is not in the plan. */
  readonly required?: boolean;
}
