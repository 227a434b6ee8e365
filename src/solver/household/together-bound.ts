import type { Household } from '../../model/problem.ts';
import { togetherUnits, unitsOf } from './day-cost.ts';
import type { DayRows, SessionClass } from './day-rows.ts';
import type { HalfKind } from './halves.ts';
import { covered } from './pairs.ts';

/** Pairs of ways to attend groups of which all are looked at. */
const MANY_WAYS = 10_000;

/** Bounds of the units of `together` that two partners' halves of a date make. */
export class TogetherBound {
  /** Whether the one room leaves each partner alone in all individual sessions. */
  private readonly alone: boolean;
  /** By the numbers of both partners' group sessions. */
  private readonly groupUnits: (number | undefined)[][] = [];
  private readonly classes: readonly (readonly SessionClass[])[];

  constructor(
    private readonly household: Household,
    private readonly day: DayRows,
    halves: readonly { classes: readonly SessionClass[] }[],
    private readonly work: { spent: number },
  ) {
    this.classes = halves.map(({ classes }) => classes);
    this.alone = household.oneRoom && household.together === 'simultaneous' && this.isCoLocated();
  }

  /** Fewest units of `together` with so many sessions: groups at the same time, or individual ones longer than all of the partner's own. */
  least(a: HalfKind, b: HalfKind): number {
    if (this.household.together === 'staggered') return this.togetherOfGroups(a, b);
    const own = [a, b].map(({ counts }, person) => this.ownMinutes(person, counts));
    if (this.alone) return unitsOf(this.household, own[0]!.wanted + own[1]!.wanted);
    const alone = (one: number, other: number): number => Math.max(0, own[one]!.individual - own[other]!.all);
    return unitsOf(this.household, alone(0, 1) + alone(1, 0));
  }

  /** Fewest units of `together` that two partners' groups make; 0 where they should share meetings, or there are many ways. */
  private togetherOfGroups(a: HalfKind, b: HalfKind): number {
    if (this.household.pairing === 'always') return 0;
    const known = (this.groupUnits[a.groups] ??= []);
    let least = known[b.groups];
    if (least === undefined) {
      least = a.ways.length * b.ways.length > MANY_WAYS ? 0 : Infinity;
      for (const { ids } of least > 0 ? a.ways : []) {
        for (const other of b.ways) {
          this.work.spent++;
          if (this.day.clashAny(ids, other.ids)) continue;
          const rows = [...this.day.forced, ...ids, ...other.ids].map((id) => this.day.rows[id]!);
          least = Math.min(least, togetherUnits(this.household, rows, rows.length));
        }
        if (least === 0) break;
      }
      known[b.groups] = least;
    }
    return least;
  }

  /** Minutes of a person's sessions without the partner: of individual ones, with and without the forced ones, and of all. */
  private ownMinutes(person: number, counts: readonly number[]): { individual: number; wanted: number; all: number } {
    const { candidates, roles } = this.household;
    const minutes = { individual: 0, wanted: 0, all: 0 };
    counts.forEach((count, index) => {
      const { role } = this.classes[person]![index]!;
      minutes.all += count * role.minutes;
      if (role.kind === 'individual') minutes.wanted += count * role.minutes;
    });
    minutes.individual = minutes.wanted;
    for (const id of this.day.forced) {
      const row = this.day.rows[id]!;
      if (candidates.present[row] !== 1 << person) continue;
      minutes.all += this.day.end[id]! - this.day.start[id]!;
      if (roles[candidates.role[row]!]!.kind === 'individual') minutes.individual += this.day.end[id]! - this.day.start[id]!;
    }
    return minutes;
  }

  /** Whether partners are at one place from the first start to the last end of the node's sessions. */
  private isCoLocated(): boolean {
    const ids = this.day.classes.flatMap(({ members }) => members);
    if (ids.length === 0) return false;
    const first = ids.reduce((least, id) => Math.min(least, this.day.start[id]!), Infinity);
    return covered(
      this.household.coLocated,
      first,
      ids.reduce((most, id) => Math.max(most, this.day.end[id]!), first),
    );
  }
}
