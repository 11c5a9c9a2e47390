import type { Kind, Records } from '../../domain/shared/records.ts';

/** Records found by one key of an index, in the order in which they came. Most hold one for good: a map is made for the second. */
export class IndexBucket {
  #records: Records[Kind] | Map<string, Records[Kind]>;
  /** Made on the first read after a change, so that readers get the same array while nothing changed. */
  #array: readonly Records[Kind][] | null = null;

  constructor(first: Records[Kind]) {
    this.#records = first;
  }

  get isEmpty(): boolean {
    return this.#records instanceof Map && this.#records.size === 0;
  }

  get array(): readonly Records[Kind][] {
    this.#array ??= this.#records instanceof Map ? [...this.#records.values()] : [this.#records];
    return this.#array;
  }

  set(record: Records[Kind]): void {
    this.#array = null;
    if (this.#records instanceof Map) this.#records.set(record.id, record);
    else if (this.#records.id === record.id) this.#records = record;
    else this.#records = new Map([this.#records, record].map((each) => [each.id, each]));
  }

  delete(id: string): void {
    this.#array = null;
    if (this.#records instanceof Map) this.#records.delete(id);
    else if (this.#records.id === id) this.#records = new Map();
  }
}
