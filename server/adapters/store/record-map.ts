const FIRST_SLOTS = 16;
const FNV_PRIME = 0x01000193;

/**
 * A map by text, in the order in which keys came, for millions of records: hashes are kept beside the keys in arrays of numbers, so that growing touches no
 * text and gives the garbage collector nothing to follow (half the time of a `Map` at a million). Open addressing with linear probing.
 *
 * An iteration sees what is added while it goes on, until the map tidies itself: it then ends with what was there.
 */
export class RecordMap<V> implements ReadonlyMap<string, V> {
  /** In the order of coming; undefined where one was deleted. */
  #keys: (string | undefined)[] = [];
  #values: (V | undefined)[] = [];
  #hashes = new Int32Array(FIRST_SLOTS / 2);
  /** One more than the place of a key; 0 is free. Twice as many as hashes. */
  #slots = new Int32Array(FIRST_SLOTS);
  #size = 0;
  /** Not the same in each process: who names things cannot choose which names collide. */
  readonly #seed = (Math.random() * 2 ** 32) | 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    return this.#values[this.#find(key, this.#hashOf(key))];
  }

  has(key: string): boolean {
    return this.#find(key, this.#hashOf(key)) >= 0;
  }

  set(key: string, value: V): this {
    const hash = this.#hashOf(key);
    const at = this.#find(key, hash);
    if (at >= 0) this.#values[at] = value;
    else this.#append(key, value, hash);
    return this;
  }

  /** The same for a key that is known not to be there. */
  add(key: string, value: V): void {
    this.#append(key, value, this.#hashOf(key));
  }

  delete(key: string): boolean {
    const at = this.#find(key, this.#hashOf(key));
    if (at < 0) return false;
    // Its slot stays taken until the next tidying, or until one of the same hash comes: what was put behind it is found past it.
    this.#keys[at] = undefined;
    this.#values[at] = undefined;
    this.#size -= 1;
    return true;
  }

  *entries(): MapIterator<[string, V]> {
    const keys = this.#keys;
    const values = this.#values;
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at];
      if (key !== undefined) yield [key, values[at] as V];
    }
  }

  *keys(): MapIterator<string> {
    const keys = this.#keys;
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at];
      if (key !== undefined) yield key;
    }
  }

  *values(): MapIterator<V> {
    const keys = this.#keys;
    const values = this.#values;
    for (let at = 0; at < keys.length; at += 1) if (keys[at] !== undefined) yield values[at] as V;
  }

  forEach(callback: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  #append(key: string, value: V, hash: number): void {
    if (this.#keys.length === this.#hashes.length) this.#tidy();
    const at = this.#keys.length;
    this.#keys.push(key);
    this.#values.push(value);
    this.#hashes[at] = hash;
    this.#take(hash, at);
    this.#size += 1;
  }

  /** Place of the key, or -1. */
  #find(key: string, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = (this.#slots[slot] ?? 0) - 1;
      if (at < 0) return -1;
      if (this.#hashes[at] === hash && this.#keys[at] === key) return at;
    }
  }

  #take(hash: number, at: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0 && !this.#isLeft(slot, hash)) slot = (slot + 1) & mask;
    this.#slots[slot] = at + 1;
  }

  /** Whether what had the slot is deleted and had the same hash: a key that comes and goes then does not take one more each time. */
  #isLeft(slot: number, hash: number): boolean {
    const at = (this.#slots[slot] ?? 0) - 1;
    return this.#hashes[at] === hash && this.#keys[at] === undefined;
  }

  /** Drops what was deleted, and makes room for as many again as there are. */
  #tidy(): void {
    const { length } = this.#keys;
    const hashes = this.#hashes;
    let room = FIRST_SLOTS / 2;
    while (room < 2 * this.#size) room *= 2;
    this.#hashes = new Int32Array(room);
    this.#slots = new Int32Array(2 * room);
    if (this.#size === length) {
      this.#hashes.set(hashes);
      for (let at = 0; at < length; at += 1) this.#take(hashes[at] ?? 0, at);
      return;
    }
    const [keys, values] = [this.#keys, this.#values];
    [this.#keys, this.#values, this.#size] = [[], [], 0];
    for (let at = 0; at < length; at += 1) {
      const key = keys[at];
      if (key !== undefined) this.#append(key, values[at] as V, hashes[at] ?? 0);
    }
  }

  /** FNV-1a (draft-eastlake-fnv) over UTF-16 units, its upper half folded into the lower, which picks the slot. */
  #hashOf(key: string): number {
    let hash = this.#seed;
    for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), FNV_PRIME);
    return hash ^ (hash >>> 15);
  }
}
