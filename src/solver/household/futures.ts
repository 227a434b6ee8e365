import { COUPLE, type AuthorizationModel, type Household, type PersonModel } from '../../model/problem.ts';
import { needsOf } from './needs.ts';
import type { NodeChoices } from './pattern-cache.ts';

/** What the week of a node can add at most, whatever its patterns are. */
export interface WeekLimits {
  /** Per person and week: credited minutes. */
  credit: Float64Array[];
  /** Per person, grant and week: units; undefined where the grant has no total, so that nobody asks. */
  draws: (Float64Array | undefined)[][];
  /** Whether any grant has a total. */
  counted: boolean;
}

export function weekLimits(household: Household): WeekLimits {
  const { persons } = household;
  const facts = persons.map((_, person) => factsOf(household, person));
  const limits = persons.map((model, person) => {
    const perWeek = (mostIn: (week: number) => number): Float64Array =>
      Float64Array.from(model.hours.minutesMin, (_, week) => mostIn(week));
    return {
      credit: perWeek((week) => mostCredit(household, person, facts[person]!, week)),
      draws: model.authorizations.map((grant) =>
        grant.total < Infinity ? perWeek((week) => mostDraws(household, person, model, grant, facts[person]!.sessions, week)) : undefined,
      ),
    };
  });
  const counted = persons.some(({ authorizations }) => authorizations.some(({ total }) => total < Infinity));
  return { credit: limits.map(({ credit }) => credit), draws: limits.map(({ draws }) => draws), counted };
}

/** What of a household futures read. */
interface FuturesTables {
  household: Household;
  limits: WeekLimits;
  /** See `standingSessions`. */
  standing: Int32Array;
}

/**
 * Most that later nodes can still add, per node: before the running block or week ends, and (totals and draws) in all. Its memory is
 * reused from search to search.
 */
export class Futures {
  /** Per item and node (items first). */
  sessions = new Int32Array(64);
  total = new Int32Array(64);
  /** Per person and node (persons first). */
  credit = new Int32Array(32);
  serviceDays = new Int32Array(32);
  /** Per person and node: dates with sessions. */
  days = new Int32Array(32);
  /** Per person and grant that has a total: units, while the grant lasts. */
  draws: (Int32Array | undefined)[][] = [];
  /** Per person and grant: fewest units that the weeks after the node's draw; only where a grant has a total. */
  needs: Int32Array[][] = [];
  /** Per node: what the sum at hand adds. */
  private perNode = new Float64Array(16);

  /** Works out what the choices of the nodes leave. */
  prepare(tables: FuturesTables, choices: readonly NodeChoices[]): this {
    const { household, limits } = tables;
    const { items, persons, weekEnd, nodeCount } = household;
    this.fit(items.length * nodeCount, persons.length * nodeCount, nodeCount);
    const { perNode } = this;
    for (let index = 0; index < items.length; index++) {
      const { owner, blockMin, blockMax } = items[index]!;
      for (let node = 0; node < nodeCount; node++) perNode[node] = choices[node]!.most.sessions[index]!;
      this.untilBlockEnd(this.sessions, index * nodeCount, weekEnd[owner as 0 | 1 | 2], blockMin, nodeCount);
      this.inAll(this.total, index * nodeCount, household, owner, blockMax);
    }
    for (let person = 0; person < persons.length; person++) {
      const place = person * nodeCount;
      for (let node = 0; node < nodeCount; node++) perNode[node] = choices[node]!.most.credit[person]!;
      this.inAll(this.credit, place, household, person, limits.credit[person]!, persons[person]!.hours.minutesMin);
      for (let node = 0; node < nodeCount; node++) perNode[node] = choices[node]!.most.busy[person]!;
      this.untilBlockEnd(this.days, place, weekEnd[person as 0 | 1], undefined, nodeCount);
      for (let node = 0; node < nodeCount; node++) perNode[node] = choices[node]!.most.service[person]!;
      this.untilBlockEnd(this.serviceDays, place, weekEnd[person as 0 | 1], undefined, nodeCount);
    }
    if (limits.counted) this.prepareGrants(tables, choices);
    return this;
  }

  private fit(ofItems: number, ofPersons: number, nodes: number): void {
    if (this.sessions.length < ofItems) {
      this.sessions = new Int32Array(2 * ofItems);
      this.total = new Int32Array(2 * ofItems);
    }
    if (this.credit.length < ofPersons) {
      this.credit = new Int32Array(2 * ofPersons);
      this.serviceDays = new Int32Array(2 * ofPersons);
      this.days = new Int32Array(2 * ofPersons);
    }
    if (this.perNode.length < nodes) this.perNode = new Float64Array(2 * nodes);
  }

  private prepareGrants({ household, limits, standing }: FuturesTables, choices: readonly NodeChoices[]): void {
    const most = choices.map((each) => each.most);
    this.needs = needsOf(household, most, standing);
    this.draws = household.persons.map(({ authorizations }, person) =>
      authorizations.map((grant, index) => {
        const limit = limits.draws[person]![index];
        if (limit === undefined) return undefined;
        most.forEach((each, node) => {
          this.perNode[node] = lasts(household, person, grant, node) ? each.draws[person]![index]! : 0;
        });
        const draws = new Int32Array(household.nodeCount);
        this.inAll(draws, 0, household, person, limit);
        return draws;
      }),
    );
  }

  /** Sums over the nodes after each one, up to the end of its block (`blockMin` not -1), or of its week. */
  private untilBlockEnd(into: Int32Array, place: number, weekEnd: Int32Array, blockMin: Int32Array | undefined, nodeCount: number): void {
    into[place + nodeCount - 1] = 0;
    for (let node = nodeCount - 2; node >= 0; node--) {
      const week = weekEnd[node]!;
      const ended = week > 0 && (blockMin === undefined || blockMin[week]! >= 0);
      into[place + node] = ended ? 0 : into[place + node + 1]! + this.perNode[node + 1]!;
    }
  }

  /** Sums over the nodes after each one (up to the end of its block), where no week of the owner adds more than `mostIn` has for it. */
  private inAll(
    into: Int32Array,
    place: number,
    { weekEnd, nodeWeek, nodeCount }: Household,
    owner: number,
    mostIn: Int32Array | Float64Array,
    blockMin?: Int32Array,
  ): void {
    const clock = owner as 0 | 1 | 2;
    into[place + nodeCount - 1] = 0;
    let inWeek = 0;
    let later = 0;
    for (let node = nodeCount - 2; node >= 0; node--) {
      inWeek = Math.min(mostIn[nodeWeek[clock][node + 1]!]!, inWeek + this.perNode[node + 1]!);
      const week = weekEnd[clock][node]!;
      if (week > 0) {
        later = blockMin !== undefined && blockMin[week]! >= 0 ? 0 : later + inWeek;
        inWeek = 0;
      }
      into[place + node] = later + inWeek;
    }
  }
}

function lasts({ nodeDay }: Household, person: number, grant: AuthorizationModel, node: number): boolean {
  const day = nodeDay[person as 0 | 1][node]!;
  return day >= grant.from && day <= grant.to;
}

/** A person's sessions that are facts, and what they are credited with. */
interface Facts {
  sessions: number;
  credit: number;
}

function factsOf({ roles, candidates }: Household, person: number): Facts {
  const facts = { sessions: 0, credit: 0 };
  for (let row = 0; row < candidates.count; row++) {
    if (candidates.forced[row] !== 2 || (candidates.present[row]! & (1 << person)) === 0) continue;
    facts.sessions++;
    facts.credit += roles[candidates.role[row]!]!.credit;
  }
  return facts;
}

/** Most minutes that a person can be credited with in a week, by what the care allows; facts count too. */
function mostCredit({ items, roles }: Household, person: number, facts: Facts, week: number): number {
  let minutes = facts.credit;
  for (const { owner, role, blockMax } of items) {
    if (owner === person || owner === COUPLE) minutes += (blockMax[week] ?? 0) * roles[role]!.credit;
  }
  return minutes;
}

/** Most units that a person can draw on a grant in a week, by what the care allows; facts beyond care count too. */
function mostDraws(
  { items, roles }: Household,
  person: number,
  { hours }: PersonModel,
  grant: AuthorizationModel,
  facts: number,
  week: number,
): number {
  let sessions = facts;
  for (const { owner, role, blockMax } of items) {
    if ((owner === person || owner === COUPLE) && grant.services.includes(roles[role]!.service)) sessions += blockMax[week] ?? 0;
  }
  return Math.min(sessions, grant.maxPerWeek, grant.unitDay ? (hours.daysMax[week] ?? Infinity) : Infinity);
}
