import type { Household, Problem } from '../../model/problem.ts';
import type { AddUse } from './use.ts';

/** The rows of one household's sessions: of its slot, and of the same slot in the week after; -1 where there is none. */
interface Places {
  own: Int32Array;
  next: Int32Array;
}

/**
 * `same-slot` as rows of a vector, for the search of one plan cannot see it. The rule charges a role's sessions of a week that exceed
 * those of the week before at the same slot: max(0, n - n'), which is at least p (n - n') for any price p from 0 to 1 (times the weight).
 * There is a row for each role, week and slot that has candidates in that week and in the one before, where sessions are sure to be.
 */
export class SlotRows {
  private readonly places: readonly (Places | undefined)[];
  private readonly from: number;
  private readonly to: number;

  /** @param take reserves rows, and returns the first */
  constructor(
    private readonly problem: Problem,
    take: (count: number) => number,
  ) {
    this.from = take(0);
    const matters = problem.weekCount > 1 && problem.weights.sameSlot > 0;
    this.places = problem.households.map((household) => (matters && household.exact ? placesOf(household, take) : undefined));
    this.to = take(0);
  }

  /** Enters prices to begin with, the highest ones, and how much the weeks before the horizon and bookings that stand leave. */
  fill(price: Float64Array, most: Float64Array, limit: Float64Array): void {
    const { households, weights } = this.problem;
    price.fill(weights.sameSlot / 2, this.from, this.to);
    most.fill(weights.sameSlot, this.from, this.to);
    for (const household of households) {
      const places = this.places[household.index];
      if (places === undefined) continue;
      const { candidates, pastSlots } = household;
      for (const { role, week, slot } of pastSlots) {
        const row = candidates.role.findIndex(
          (each, at) => each === role && candidates.week[at] === week + 1 && candidates.slot[at] === slot,
        );
        if (row >= 0 && places.own[row]! >= 0) limit[places.own[row]!]! += 1;
      }
      for (let row = 0; row < candidates.count; row++)
        if (candidates.forced[row] !== 0) this.use((at, amount) => (limit[at]! -= amount), household, row);
    }
  }

  /** What a session costs for its slot. */
  priceOf(price: Float64Array, household: Household, row: number): number {
    const places = this.places[household.index];
    if (places === undefined || !isSession(household, row)) return 0;
    const [own, next] = [places.own[row]!, places.next[row]!];
    return (own < 0 ? 0 : price[own]!) - (next < 0 ? 0 : price[next]!);
  }

  /** Adds a session. */
  use(add: AddUse, household: Household, row: number): void {
    const places = this.places[household.index];
    if (places === undefined || !isSession(household, row)) return;
    if (places.own[row]! >= 0) add(places.own[row]!, 1);
    if (places.next[row]! >= 0) add(places.next[row]!, -1);
  }
}

function isSession({ candidates }: Household, row: number): boolean {
  return candidates.counts[row] === 1 && candidates.present[row] !== 0;
}

function placesOf({ candidates, pastSlots, sureWeeks }: Household, take: (count: number) => number): Places {
  const key = (role: number, week: number, slot: number): string => `${role}:${week}:${slot}`;
  const seen = new Set(pastSlots.map(({ role, week, slot }) => key(role, week, slot)));
  for (let row = 0; row < candidates.count; row++) seen.add(key(candidates.role[row]!, candidates.week[row]!, candidates.slot[row]!));
  const rows = new Map<string, number>();
  for (let row = 0; row < candidates.count; row++) {
    const [role, week, slot] = [candidates.role[row]!, candidates.week[row]!, candidates.slot[row]!];
    if (!sureWeeks[role]!.includes(week - 1) || !seen.has(key(role, week - 1, slot)) || rows.has(key(role, week, slot))) continue;
    rows.set(key(role, week, slot), take(1));
  }
  const rowIn = (row: number, weeks: number): number =>
    rows.get(key(candidates.role[row]!, candidates.week[row]! + weeks, candidates.slot[row]!)) ?? -1;
  const all = Int32Array.from(candidates.role.keys());
  return { own: all.map((row) => rowIn(row, 0)), next: all.map((row) => rowIn(row, 1)) };
}
