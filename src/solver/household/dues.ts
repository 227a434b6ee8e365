import type { Household } from '../../model/problem.ts';

/** What a missing minimum costs where shortfalls are allowed: a session, a service day, a credited minute. */
export const SHORTFALL = { session: 100_000, day: 50_000, minute: 1_000 } as const;

/** What is due at the end of the block that each week belongs to. */
export interface DueTables {
  /** Per item and week. */
  sessionsDue: Int32Array[];
  /** Per person and week: at the end of the block, and after the week without what the care's minimums bring in later weeks. */
  minutesDue: Int32Array[];
  minutesDueNow: Int32Array[];
}

export function dueTables(household: Household): DueTables {
  return {
    sessionsDue: household.items.map((item) => atBlockEnd(item.blockMin)),
    minutesDue: household.persons.map(({ hours }) => atBlockEnd(hours.minutesMin)),
    minutesDueNow: household.persons.map((_, person) => dueNow(household, person)),
  };
}

/** For each week inside a block of minutes: those due at its end, less those that care items of single weeks are sure to bring in between. */
function dueNow({ persons, items, roles }: Household, person: number): Int32Array {
  const { minutesMin } = persons[person]!.hours;
  const due = atBlockEnd(minutesMin);
  let sure = 0;
  for (let week = due.length - 1; week > 0; week--) {
    if (minutesMin[week]! >= 0) sure = 0;
    due[week]! -= sure;
    for (const { owner, role, active, blockMin, initialBlock } of items) {
      const single = week === 1 ? initialBlock === 0 : active[week - 1] === 0 || blockMin[week - 1]! >= 0;
      if (owner === person && single) sure += Math.max(0, blockMin[week]!) * roles[role]!.credit;
    }
  }
  return due;
}

/** Per item and node (items first): forced sessions that count as care. */
export function standingSessions({ candidates, items, nodeCount }: Household): Int32Array {
  const standing = new Int32Array(items.length * nodeCount);
  for (let row = 0; row < candidates.count; row++) {
    const counts = candidates.forced[row] !== 0 && candidates.counts[row] === 1 && candidates.item[row]! >= 0;
    if (counts) standing[candidates.item[row]! * nodeCount + candidates.node[row]!]! += 1;
  }
  return standing;
}

/** For each week the next number that is not -1, else 0. */
export function atBlockEnd(table: Int32Array): Int32Array {
  const result = new Int32Array(table.length);
  for (let week = table.length - 1; week >= 0; week--) result[week] = table[week]! >= 0 ? table[week]! : (result[week + 1] ?? 0);
  return result;
}

export function lackingOf(household: Household, role: number, therapist: number): number {
  const { domain, lacking } = household.roles[role]!;
  const at = domain.indexOf(therapist);
  return at < 0 ? 0 : lacking[at]!;
}
