import { COUPLE, type AuthorizationModel, type Household } from '../../model/problem.ts';
import { standingSessions } from './dues.ts';
import type { Most } from './most.ts';

/**
 * Fewest units that the minimums of later weeks draw on each grant: per person, grant and node, over the weeks after the node's. A state
 * that leaves fewer cannot lead to a plan. Counted are sessions that no other grant covers.
 */
export function needsOf(household: Household, most: readonly Most[], standing = standingSessions(household)): Int32Array[][] {
  return household.persons.map(({ authorizations }, person) =>
    authorizations.map((grant) => {
      const weekOf = household.nodeWeek[person as 0 | 1];
      const needs = new Int32Array(household.nodeCount);
      let later = 0;
      for (let node = household.nodeCount - 1; node >= 0; node--) {
        needs[node] = later;
        const week = weekOf[node]!;
        if (week > 1 && grant.total < Infinity && weekOf[node - 1] !== week)
          later += new Week(household, person, grant, week, most, standing).need();
      }
      return needs;
    }),
  );
}

/** A person's week, as far as a grant is concerned. */
class Week {
  private readonly nodes: number[];
  private readonly others: readonly AuthorizationModel[];

  constructor(
    private readonly household: Household,
    private readonly person: number,
    private readonly grant: AuthorizationModel,
    private readonly week: number,
    private readonly most: readonly Most[],
    private readonly standing: Int32Array,
  ) {
    const weekOf = household.nodeWeek[person as 0 | 1];
    this.nodes = Array.from(weekOf.keys()).filter((node) => weekOf[node] === week);
    const days = this.nodes.map((node) => household.nodeDay[person as 0 | 1][node]!);
    const overlaps = (other: AuthorizationModel): boolean => days.some((day) => day >= other.from && day <= other.to);
    const covers = days.every((day) => day >= grant.from && day <= grant.to);
    if (!covers) this.nodes = [];
    this.others = household.persons[person]!.authorizations.filter((other) => other !== grant && overlaps(other));
  }

  /** Fewest units. */
  need(): number {
    if (this.nodes.length === 0) return 0;
    const perItem = this.household.items.map((_, item) => this.needOfItem(item));
    if (!this.grant.unitDay) return perItem.reduce((sum, each) => sum + each, 0);
    return Math.max(0, ...perItem, this.needOfHours());
  }

  /** Fewest sessions of an item or, where dates are units, dates with them. */
  private needOfItem(index: number): number {
    const { items, roles, nodeCount } = this.household;
    const { owner, role, blockMin, active } = items[index]!;
    if (owner !== this.person || !this.isAlone(roles[role]!.service)) return 0;
    if (blockMin[this.week]! <= 0 || (active[this.week - 1] === 1 && blockMin[this.week - 1]! < 0)) return 0;
    const sessions = this.nodes.reduce((left, node) => left - this.standing[index * nodeCount + node]!, blockMin[this.week]!);
    if (!this.grant.unitDay) return Math.max(0, sessions);
    return fewest(
      this.nodes.map((node) => this.most[node]!.sessions[index]!),
      sessions,
    );
  }

  /** Fewest dates that make the week's service days and minutes, where all sessions draw on the grant. */
  private needOfHours(): number {
    const { items, roles, persons } = this.household;
    const own = items.filter(({ owner }) => owner === this.person || owner === COUPLE);
    if (!own.every(({ role }) => this.isAlone(roles[role]!.service)) || this.hasFacts()) return 0;
    const { daysMin, minutesMin } = persons[this.person]!.hours;
    const credit = this.nodes.map((node) => this.most[node]!.credit[this.person]!);
    const minutes = minutesMin[this.week - 1]! >= 0 ? fewest(credit, minutesMin[this.week]!) : 0;
    return Math.max(daysMin[this.week]!, minutes);
  }

  private isAlone(service: number): boolean {
    return this.grant.services.includes(service) && !this.others.some(({ services }) => services.includes(service));
  }

  /** Whether something stands that may go without a grant. */
  private hasFacts(): boolean {
    const { candidates, nodeStart } = this.household;
    return this.nodes.some((node) => candidates.forced.subarray(nodeStart[node], nodeStart[node + 1]).includes(2));
  }
}

/** Fewest of some numbers, the largest first, that make a sum; all of them where they do not. */
function fewest(numbers: readonly number[], sum: number): number {
  let left = sum;
  let count = 0;
  for (const each of [...numbers].sort((a, b) => b - a)) {
    if (left <= 0) break;
    left -= each;
    count++;
  }
  return count;
}
