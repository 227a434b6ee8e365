import type { AuthorizationModel, Household } from '../../model/problem.ts';
import type { Futures } from './futures.ts';
import type { Layout } from './layout.ts';
import type { Pattern } from './pattern.ts';

/** Units drawn on a grant that cannot be used up any more. */
const AMPLE = -1_000_000;

/** What sessions draw on authorizations, in a state that steps extend. */
export class Grants {
  /** Sessions drawn today per grant of the person at hand. */
  private readonly today: Int32Array;

  constructor(
    private readonly household: Household,
    private readonly layout: Layout,
    private readonly state: Int32Array,
    private readonly shortfalls: boolean,
  ) {
    this.today = new Int32Array(Math.max(0, ...household.persons.map((person) => person.authorizations.length)));
  }

  /** Draws the node's sessions, in order of start, each on the first grant that covers it and has room. */
  draw(person: number, pattern: Pattern, node: number): boolean {
    const draws = pattern.draws[person as 0 | 1];
    const grants = this.household.persons[person]!.authorizations;
    const day = this.household.nodeDay[person as 0 | 1][node]!;
    const { today } = this;
    today.fill(0);
    for (let index = 0; index < draws.length; index++) {
      const service = draws[index]! < 0 ? -1 - draws[index]! : draws[index]!;
      let at = 0;
      while (at < grants.length && !this.hasRoom(person, at, grants[at]!, service, day, today[at]!)) at++;
      if (at < grants.length) {
        this.drawOn(person, at, grants[at]!, today[at]! > 0);
        today[at]! += 1;
      } else if (draws[index]! >= 0) return false;
    }
    return true;
  }

  private hasRoom(person: number, index: number, grant: AuthorizationModel, service: number, day: number, today: number): boolean {
    if (day < grant.from || day > grant.to || today >= grant.maxPerDay || !grant.services.includes(service)) return false;
    if (grant.unitDay && today > 0) return true;
    const total = this.layout.drawn[person]![index]!;
    const week = this.layout.drawnInWeek[person]![index]!;
    return (total < 0 || this.state[total]! < grant.total) && (week < 0 || this.state[week]! < grant.maxPerWeek);
  }

  private drawOn(person: number, index: number, grant: AuthorizationModel, again: boolean): void {
    if (grant.unitDay && again) return;
    const total = this.layout.drawn[person]![index]!;
    const week = this.layout.drawnInWeek[person]![index]!;
    if (total >= 0 && this.state[total]! !== AMPLE) this.state[total]! += 1;
    if (week >= 0) this.state[week]! += 1;
  }

  /** Infinity where a grant has too little left for later weeks; one that later nodes cannot use up need not be counted any more. */
  close(person: number, node: number, futures: Futures): number {
    const { authorizations } = this.household.persons[person]!;
    for (let index = 0; index < authorizations.length; index++) {
      const at = this.layout.drawn[person]![index]!;
      if (at < 0 || this.state[at] === AMPLE) continue;
      const { total, to } = authorizations[index]!;
      if (!this.shortfalls && this.state[at]! + futures.needs[person]![index]![node]! > total) return Infinity;
      const left = futures.draws[person]![index]![node]!;
      const over = node + 1 >= this.household.nodeCount || this.household.nodeDay[person as 0 | 1][node + 1]! > to;
      if (over || this.state[at]! + left <= total) this.state[at] = AMPLE;
    }
    return 0;
  }
}
