import { isOfShape, membersOf, packLot } from './lot-document.ts';
import type { LotRow } from './record-database.ts';
import type { PooledInstance } from './spec-pool.ts';

/** Fewer are kept in rows of their own. */
const LEAST = 16;
const MOST = 2000;

interface Lot {
  readonly ids: readonly string[];
  /** 1 for a member that has changed since: its row counts. */
  readonly changed: Uint8Array;
  left: number;
}

interface Member {
  readonly lot: Lot;
  readonly at: number;
}

type Ends = Pick<LotRow, 'first' | 'last'>;

/** What a commit does to lots. Nothing of it counts before `keep`. */
export interface LotDraft {
  readonly newLots: readonly LotRow[];
  /** Lots all whose members have changed. */
  readonly goneLots: readonly Ends[];
  /** Those that came into no lot: they need rows. */
  readonly rest: readonly PooledInstance[];
  readonly joining: readonly Lot[];
  readonly leaving: readonly Member[];
}

/**
 * Instances that came in one commit are kept in one row, a lot, until each has changed for the first time: it then has a row of its own,
 * which counts instead. One that is removed before its lot is gone leaves a row that says so. The ids of lots do not overlap: they grow
 * with time, and what does not follow is kept in rows.
 */
export class InstanceLots {
  /** By their first ids. */
  #lots: Lot[] = [];

  /** A lot that was read. `changed`: 1 for each member whose row counts. */
  add(ids: readonly string[], changed: Uint8Array): void {
    this.#join({ ids, changed, left: changed.reduce((left, is) => left - is, ids.length) });
  }

  /** Whether a lot would bring it back if its row went. */
  has(id: string): boolean {
    return this.#memberOf(id) !== null;
  }

  /** `made`: those that were not there before. `touched`: ids of those that were. */
  begin(made: readonly PooledInstance[], touched: readonly string[]): LotDraft {
    const leaving = touched.flatMap((id) => this.#memberOf(id) ?? []).filter(({ lot, at }) => lot.changed[at] === 0);
    const leavingOf = new Map<Lot, number>();
    for (const { lot } of leaving) leavingOf.set(lot, 1 + (leavingOf.get(lot) ?? 0));
    const goneLots = [...leavingOf].flatMap(([lot, count]) => (count === lot.left ? [endsOf(lot.ids)] : []));
    return { goneLots, leaving, ...this.#pack(made) };
  }

  keep({ joining, leaving }: LotDraft): void {
    for (const { lot, at } of leaving) {
      lot.changed[at] = 1;
      lot.left -= 1;
    }
    if (leaving.some(({ lot }) => lot.left === 0)) this.#lots = this.#lots.filter(({ left }) => left > 0);
    for (const lot of joining) this.#join(lot);
  }

  #pack(made: readonly PooledInstance[]): Pick<LotDraft, 'newLots' | 'joining' | 'rest'> {
    if (made.length < LEAST) return { newLots: [], joining: [], rest: made };
    const members = membersOf(made[0]?.instance);
    const rest = made.filter(({ instance }) => !isOfShape(instance, members));
    const alike = rest.length === 0 ? [...made] : made.filter(({ instance }) => isOfShape(instance, members));
    alike.sort((a, b) => (a.instance.id < b.instance.id ? -1 : 1));
    const newLots: LotRow[] = [];
    const joining: Lot[] = [];
    for (let at = 0; at < alike.length; at += MOST) {
      const group = alike.slice(at, at + MOST);
      const ids = group.map(({ instance }) => instance.id);
      const doc = group.length >= LEAST && this.#isFree(endsOf(ids)) ? packLot(group) : null;
      if (doc === null) {
        rest.push(...group);
        continue;
      }
      newLots.push({ ...endsOf(ids), doc });
      joining.push({ ids, changed: new Uint8Array(ids.length), left: ids.length });
    }
    return { newLots, joining, rest };
  }

  #isFree({ first, last }: Ends): boolean {
    const at = this.#after(first);
    const before = this.#lots[at - 1];
    const next = this.#lots[at];
    return (before === undefined || endsOf(before.ids).last < first) && (next === undefined || last < endsOf(next.ids).first);
  }

  #join(lot: Lot): void {
    this.#lots.splice(this.#after(endsOf(lot.ids).first), 0, lot);
  }

  #memberOf(id: string): Member | null {
    const lot = this.#lots[this.#after(id) - 1];
    if (!lot || id > endsOf(lot.ids).last) return null;
    const at = lowerBound(lot.ids.length, (n) => (lot.ids[n] ?? '') < id);
    return lot.ids[at] === id ? { lot, at } : null;
  }

  /** How many lots begin at or before the id. */
  #after(id: string): number {
    const last = this.#lots.at(-1);
    if (last && endsOf(last.ids).first <= id) return this.#lots.length;
    return lowerBound(this.#lots.length, (n) => (this.#lots[n]?.ids[0] ?? '') <= id);
  }
}

function endsOf(ids: readonly string[]): Ends {
  return { first: ids[0] ?? '', last: ids.at(-1) ?? '' };
}

/** The first of `length` places at which `isBefore` no longer holds. */
function lowerBound(length: number, isBefore: (at: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
