import { COUPLE, type AuthorizationModel, type Household, type PersonModel } from '../../model/problem.ts';
import type { Most } from './most.ts';
import { needsOf } from './needs.ts';

/** Most that later nodes can still add, per node: before the running block or week ends, and (totals and draws) in all. */
export interface Futures {
  /** Per item. */
  sessions: Int32Array[];
  total: Int32Array[];
  /** Per person. */
  credit: Int32Array[];
  serviceDays: Int32Array[];
  /** Per person: dates with sessions. */
  days: Int32Array[];
  /** Per person and grant: units, while the grant lasts. */
  draws: Int32Array[][];
  /** Per person and grant: fewest units that the weeks after the node's draw. */
  needs: Int32Array[][];
}

export function futuresOf(household: Household, most: readonly Most[]): Futures {
  const { items, persons, weekEnd } = household;
  const facts = persons.map((_, person) => factsOf(household, person));
  return {
    sessions: items.map(({ owner, blockMin }, index) =>
      untilBlockEnd(
        most.map((each) => each.sessions[index]!),
        weekEnd[owner as 0 | 1 | 2],
        blockMin,
      ),
    ),
    total: items.map(({ owner, blockMax }, index) =>
      inAll(
        household,
        owner,
        most.map((each) => each.sessions[index]!),
        (week) => blockMax[week]!,
      ),
    ),
    credit: persons.map(({ hours }, person) =>
      inAll(
        household,
        person,
        most.map((each) => each.credit[person]!),
        (week) => mostCredit(household, person, facts[person]!, week),
        hours.minutesMin,
      ),
    ),
    days: persons.map((_, person) =>
      untilBlockEnd(
        most.map((each) => each.busy[person]!),
        weekEnd[person as 0 | 1],
        undefined,
      ),
    ),
    serviceDays: persons.map((_, person) =>
      untilBlockEnd(
        most.map((each) => each.service[person]!),
        weekEnd[person as 0 | 1],
        undefined,
      ),
    ),
    needs: needsOf(household, most),
    draws: persons.map((model, person) =>
      model.authorizations.map((grant, index) => {
        const perNode = most.map((each, node) => (lasts(household, person, grant, node) ? each.draws[person]![index]! : 0));
        return inAll(household, person, perNode, (week) => mostDraws(household, person, model, grant, facts[person]!.sessions, week));
      }),
    ),
  };
}

/** Sums over the nodes after each one, up to the end of its block (`blockMin` not -1), or of its week. */
function untilBlockEnd(perNode: readonly number[], weekEnd: Int32Array, blockMin: Int32Array | undefined): Int32Array {
  const result = new Int32Array(perNode.length);
  for (let node = perNode.length - 2; node >= 0; node--) {
    const week = weekEnd[node]!;
    const ended = week > 0 && (blockMin === undefined || blockMin[week]! >= 0);
    result[node] = ended ? 0 : result[node + 1]! + perNode[node + 1]!;
  }
  return result;
}

/** Sums over the nodes after each one (up to the end of its block), where no week of the owner adds more than `mostIn` says. */
function inAll(
  { weekEnd, nodeWeek }: Household,
  owner: number,
  perNode: readonly number[],
  mostIn: (week: number) => number,
  blockMin?: Int32Array,
): Int32Array {
  const clock = owner as 0 | 1 | 2;
  const result = new Int32Array(perNode.length);
  let inWeek = 0;
  let later = 0;
  for (let node = perNode.length - 2; node >= 0; node--) {
    const limit = mostIn(nodeWeek[clock][node + 1]!);
    inWeek = Math.min(limit, inWeek + perNode[node + 1]!);
    const week = weekEnd[clock][node]!;
    if (week > 0) {
      later = blockMin !== undefined && blockMin[week]! >= 0 ? 0 : later + inWeek;
      inWeek = 0;
    }
    result[node] = later + inWeek;
  }
  return result;
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
