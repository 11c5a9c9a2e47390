import { hash } from 'node:crypto';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { SpecRow } from './record-database.ts';
import { deepFreeze } from './same-json.ts';

/** Specs that nothing uses are looked for when there are this many more than twice those that were in use the last time. */
const SLACK = 1000;

interface Pooled {
  readonly id: number;
  readonly hash: string;
  readonly spec: ContainerSpec;
}

export interface SpecDraft {
  /** By hash. */
  readonly added: ReadonlyMap<string, SpecRow & Pooled>;
  pool(instance: Instance): PooledInstance;
}

/** An instance that shares its spec with all that have the same, and the number by which it names the spec where it is kept. */
export interface PooledInstance {
  readonly instance: Instance;
  readonly spec: number;
}

/**
 * Container specs, each kept once by the SHA-256 of its JSON: in the database as a row of its own, in memory as one frozen object.
 * What is new joins the pool only by `keep`, once it is durable.
 */
export class SpecPool {
  readonly #byHash = new Map<string, Pooled>();
  readonly #byId = new Map<number, Pooled>();
  /** By identity: what shares a spec already is neither hashed nor made JSON again. */
  readonly #bySpec = new WeakMap<ContainerSpec, Pooled>();
  #lastId = 0;
  #enough = SLACK;

  constructor(rows: readonly SpecRow[]) {
    for (const row of rows) this.#add({ id: row.id, hash: row.hash, spec: deepFreeze(JSON.parse(row.doc)) });
  }

  get size(): number {
    return this.#byId.size;
  }

  /**
   * An instance as its row holds it, with its spec.
   * @throws ClockerError store.corrupt when the spec is not there.
   */
  toInstance(row: Omit<Instance, 'spec'> & { spec: unknown }): Instance {
    const pooled = typeof row.spec === 'number' ? this.#byId.get(row.spec) : undefined;
    if (pooled) {
      // In place: there may be a million.
      row.spec = pooled.spec;
      return row as Instance;
    }
    throw new ClockerError('store.corrupt', {
      message: `The database has no container spec ${JSON.stringify(row.spec)}, which the instance ${row.id} is made from`,
      hint: 'Put back a backup of the data directory. Nothing was changed.',
    });
  }

  /** What a commit brings: its specs are found again within it, and joined by `keep` once it is durable. */
  begin(): SpecDraft {
    const added = new Map<string, SpecRow & Pooled>();
    const seen = new Map<ContainerSpec, Pooled>();
    const pool = (spec: ContainerSpec): Pooled => {
      const doc = JSON.stringify(spec);
      const key = hash('sha256', doc);
      const known = this.#byHash.get(key) ?? added.get(key);
      if (known) return known;
      const pooled = { id: this.#lastId + added.size + 1, hash: key, spec: deepFreeze(spec), doc };
      added.set(key, pooled);
      return pooled;
    };
    return {
      added,
      pool: (instance) => {
        const { spec } = instance;
        const pooled = seen.get(spec) ?? this.#bySpec.get(spec) ?? pool(spec);
        seen.set(spec, pooled);
        return { spec: pooled.id, instance: pooled.spec === spec ? instance : { ...instance, spec: pooled.spec } };
      },
    };
  }

  keep({ added }: SpecDraft): void {
    for (const pooled of added.values()) this.#add(pooled);
  }

  /** Whether there are so many more than there were in use that it pays to look for those that nothing uses. */
  get isLarge(): boolean {
    return this.size > this.#enough;
  }

  /** Forgets all but those of `instances`; answers the numbers of those that are gone. */
  sweep(instances: Iterable<Instance>): readonly number[] {
    const used = new Set<Pooled | undefined>();
    let last: ContainerSpec | undefined;
    for (const { spec } of instances) {
      if (spec !== last) used.add(this.#bySpec.get(spec));
      last = spec;
    }
    const gone = [...this.#byId.values()].filter((pooled) => !used.has(pooled));
    for (const { id, hash: key, spec } of gone) {
      this.#byId.delete(id);
      this.#byHash.delete(key);
      this.#bySpec.delete(spec);
    }
    this.#enough = 2 * this.size + SLACK;
    return gone.map(({ id }) => id);
  }

  #add({ id, hash: key, spec }: Pooled): void {
    const pooled = { id, hash: key, spec };
    this.#byHash.set(pooled.hash, pooled);
    this.#byId.set(pooled.id, pooled);
    this.#bySpec.set(pooled.spec, pooled);
    this.#lastId = Math.max(this.#lastId, pooled.id);
  }
}
