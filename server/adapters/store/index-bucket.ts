import type { Kind, Records } from '../../domain/shared/records.ts';

type Each = Records[Kind];

/** Records found by one key of an index, in the order in which they came. A list until one is replaced or goes: a map is made then. */
export class IndexBucket {
  #records: Each[] | Map<string, Each>;
  /** Made on the first read after a change, so that readers get the same array while nothing changed. */
  #array: readonly Each[] | null = null;

  constructor(first: Each) {
    this.#records = [first];
  }

  get isEmpty(): boolean {
    return this.#records instanceof Map && this.#records.size === 0;
  }

  get array(): readonly Each[] {
    this.#array ??= [...this.#records.values()];
    return this.#array;
  }

  /** One that is not there yet. */
  add(record: Each): void {
    this.#array = null;
    if (this.#records instanceof Map) this.#records.set(record.id, record);
    else this.#records.push(record);
  }

  replace(record: Each): void {
    this.#byId().set(record.id, record);
  }

  delete(id: string): void {
    this.#byId().delete(id);
  }

  #byId(): Map<string, Each> {
    this.#array = null;
    if (this.#records instanceof Map) return this.#records;
    const map = new Map(this.#records.map((record) => [record.id, record]));
    this.#records = map;
    return map;
  }
}
