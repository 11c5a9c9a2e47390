/** A map with pending changes over it (null = removed), read as one. Base order first, then what was added. */
export class OverlayMap<V> implements ReadonlyMap<string, V> {
  readonly #base: ReadonlyMap<string, V>;
  readonly #pending: ReadonlyMap<string, V | null>;

  constructor(base: ReadonlyMap<string, V>, pending: ReadonlyMap<string, V | null>) {
    this.#base = base;
    this.#pending = pending;
  }

  get size(): number {
    let size = this.#base.size;
    for (const [id, value] of this.#pending) {
      const had = this.#base.has(id);
      if (value === null && had) size -= 1;
      if (value !== null && !had) size += 1;
    }
    return size;
  }

  get(id: string): V | undefined {
    const pending = this.#pending.get(id);
    if (pending === undefined) return this.#base.get(id);
    return pending === null ? undefined : pending;
  }

  has(id: string): boolean {
    const pending = this.#pending.get(id);
    return pending === undefined ? this.#base.has(id) : pending !== null;
  }

  *entries(): MapIterator<[string, V]> {
    for (const [id, value] of this.#base) {
      const pending = this.#pending.get(id);
      if (pending === undefined) yield [id, value];
      else if (pending !== null) yield [id, pending];
    }
    for (const [id, pending] of this.#pending) {
      if (pending !== null && !this.#base.has(id)) yield [id, pending];
    }
  }

  *keys(): MapIterator<string> {
    for (const [id] of this.entries()) yield id;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(callback: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [id, value] of this.entries()) callback(value, id, this);
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
}
