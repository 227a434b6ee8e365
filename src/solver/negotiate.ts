import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import { steadyPlan } from './household/steady.ts';
import { solveHousehold, type HouseholdPlan } from './household/solve.ts';
import { SHUT, type Ledger } from './ledger.ts';
import { follows, reopen } from './opening.ts';
import { caseloadCost, extraCosts, immovable, type Prices, type View } from './surroundings.ts';

/** What taking from another household costs at first, how it grows with every plan made, and what each conflict adds to a price. */
const CONFLICT = 20;
const GROWTH = 1.02;
const RAISE = 4;
/** Minutes before and after a session in which a therapist's time becomes dearer where a limit stands in the way. */
const HALF_DAY = 720;
/** Cost of joining a meeting, per seat below its minimum. */
const LONELY = 2;
/** Choices of therapists tried for a plan at first, and more of them for each time that the household was displaced. */
const TRIES = 3;
const MORE_TRIES = 2;
/** Labels kept at first, when a good plan is wanted soon, over a week or two and over more. */
const QUICK_LABELS = 200;
const FEW_LABELS = 40;
/** Labels kept where shortfalls are allowed: nothing is proved there. */
const EFFORT_LABELS = 300;
/** Plans made per household before negotiation gives up. */
const PATIENCE = 40;

/**
 * Places the waiting households one by one: each takes its best plan at the prices of the day, those whose time or seats it takes
 * must plan anew, and what was contested becomes dearer (negotiated congestion, McMurchie and Ebeling, "PathFinder", FPGA 1995).
 * Ends with true once nobody waits, with false where a household has no plan at all or patience is at an end; those without a plan
 * then remain unplaced.
 */
export function* negotiate(context: SearchContext, ledger: Ledger, waiting: number[], prices: Prices): Generator<void, boolean> {
  const { problem } = context;
  const queue = [...waiting];
  const patience = PATIENCE * Math.max(4, queue.length);
  const bans = new Map<number, Set<number>>();
  const losses = new Map<number, number>();
  let conflict = CONFLICT;
  for (let round = 0; queue.length > 0; round++) {
    if (round >= patience) return false;
    const index = queue.shift()!;
    const household = problem.households[index]!;
    const view: View = { conflict, prices, lonely: LONELY };
    const banned = bans.get(index);
    const more = {
      extra: (row: number) => (banned?.has(row) === true ? Infinity : 0),
      tries: TRIES + MORE_TRIES * (losses.get(index) ?? 0),
    };
    let plan = yield* planIn(context, ledger, household, view, more);
    if (plan === undefined && household.candidates.meeting.some((meeting) => meeting >= 0 && ledger.closed[meeting] === SHUT)) {
      plan = yield* planIn(context, ledger, household, { ...view, reopen: true }, more);
    }
    if (plan === undefined) {
      if (!bans.delete(index)) return false;
      queue.push(index);
      continue;
    }
    const displaced = otherTimes(context, ledger, household, plan, prices);
    displaced.push(...makeRoom(context, ledger, household, plan, prices));
    ledger.place(index, plan);
    displaced.push(...crowdedOut(context, ledger, household, plan, prices));
    const against = againstItself(ledger, household, plan);
    if (against >= 0) {
      bans.set(index, (banned ?? new Set()).add(against));
      ledger.remove(index);
      displaced.push(index);
    }
    for (const each of displaced) {
      losses.set(each, (losses.get(each) ?? 0) + 1);
      if (!queue.includes(each)) queue.push(each);
    }
    conflict *= GROWTH;
    context.placed = problem.households.length - queue.length;
    yield;
  }
  return true;
}

/** A session of a placed plan whose therapist, or a meeting whose leaders, are needed elsewhere at that time; -1 where there is none. */
export function againstItself(ledger: Ledger, household: Household, plan: HouseholdPlan): number {
  const { candidates, roles } = household;
  for (const row of plan.rows) {
    if (candidates.forced[row] !== 0) continue;
    const meeting = candidates.meeting[row]!;
    if (meeting >= 0) {
      if (!isLed(ledger, meeting)) return row;
      continue;
    }
    const buffer = roles[candidates.role[row]!]!.buffer;
    const roster = ledger.rosters[candidates.therapist[row]!]!;
    if (roster.clashes(candidates.start[row]!, candidates.end[row]!, buffer, household.index).length > 0) return row;
  }
  return -1;
}

/** Whether the leaders of a held meeting suit all who attend and have the time. */
function isLed(ledger: Ledger, index: number): boolean {
  const meeting = ledger.problem.meetings[index]!;
  const option = ledger.leaders[index]!;
  if (meeting.fixed) return true;
  if (option < 0 || (ledger.commonOptions(index) & (1 << option)) === 0) return false;
  return ledger.freeOption(index, 1 << option) === option;
}

/** A household's plan as the ledger and the view stand; undefined where it has none. */
export function* planIn(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  more: { extra?: (row: number) => number; shortfalls?: boolean; steady?: boolean; tries?: number } = {},
): Generator<void, HouseholdPlan | undefined> {
  const extra = extraCosts(ledger, household, view);
  if (more.extra !== undefined) for (let row = 0; row < extra.length; row++) extra[row]! += more.extra(row);
  for (let attempt = 0; attempt < 20; attempt++) {
    const request = {
      extra,
      tries: more.tries ?? TRIES,
      choiceCost: caseloadCost(ledger, household, view),
      ...(more.shortfalls === true ? { shortfalls: true, maxLabels: EFFORT_LABELS } : {}),
    };
    const { tries: _, ...exactly } = request;
    const search = more.steady === true ? steadyPlan : solveHousehold;
    const quick = yield* search(
      context.problem,
      household,
      { maxLabels: context.problem.weekCount > 2 ? FEW_LABELS : QUICK_LABELS, ...request },
      context.work,
    );
    const { plan } =
      quick.plan === undefined && quick.bound < Infinity ? yield* search(context.problem, household, exactly, context.work) : quick;
    context.householdSolves++;
    if (plan === undefined) return undefined;
    const excess = ownExcess(ledger, household, plan, view);
    if (excess < 0) return plan;
    extra[excess] = Infinity;
  }
  return undefined;
}

/** A row of the plan by which the household's own sessions exceed a therapist's limits; -1 where none does. */
function ownExcess(ledger: Ledger, household: Household, plan: HouseholdPlan, view: View): number {
  const { candidates, roles } = household;
  if (view.reopen === true) {
    const row = plan.rows.find(
      (each) => candidates.forced[each] === 0 && isBeyondGroup(ledger, household, plan, candidates.meeting[each]!),
    );
    if (row !== undefined) return row;
  }
  if (view.conflict === Infinity) {
    const crowded = plan.rows.find((row) => candidates.persons[row] === 2 && lastSeatTwice(ledger, household, plan, row));
    if (crowded !== undefined) return crowded;
  }
  let found = -1;
  const added: number[] = [];
  for (const row of plan.rows) {
    const therapist = candidates.therapist[row]!;
    if (therapist < 0 || candidates.forced[row] !== 0) continue;
    const roster = ledger.rosters[therapist]!;
    const buffer = roles[candidates.role[row]!]!.buffer;
    const alone = roster.overLimit(candidates.start[row]!, candidates.end[row]!, buffer, household.index).length === 0;
    const withOwn = roster.overLimit(candidates.start[row]!, candidates.end[row]!, buffer, NOBODY).length === 0;
    if (alone && !withOwn) {
      found = row;
      break;
    }
    roster.add(candidates.start[row]!, candidates.end[row]!, buffer, household.index);
    added.push(row);
  }
  for (const row of added) ledger.rosters[candidates.therapist[row]!]!.remove(candidates.start[row]!, household.index);
  return found;
}

/** Whether a shut meeting cannot be held beside the others that the plan attends: too many in the week, or at the same time. */
function isBeyondGroup({ problem, closed }: Ledger, { candidates }: Household, plan: HouseholdPlan, index: number): boolean {
  if (index < 0 || closed[index] !== SHUT) return false;
  const { group, week } = problem.meetings[index]!;
  const attended = new Set(plan.rows.map((row) => candidates.meeting[row]!));
  const others = [...attended].filter((other) => other >= 0 && other !== index && problem.meetings[other]!.group === group);
  if (others.some((other) => !follows(problem, other, index))) return true;
  return others.filter((other) => problem.meetings[other]!.week === week).length >= problem.groups[group]!.weeklyCount;
}

/** Whether both partners take a meeting's last seat. */
function lastSeatTwice(ledger: Ledger, household: Household, plan: HouseholdPlan, row: number): boolean {
  const { candidates } = household;
  const meeting = candidates.meeting[row]!;
  if (meeting < 0 || candidates.forced[row] !== 0 || ledger.seats[meeting]!.size + 2 <= ledger.problem.meetings[meeting]!.maxSeats)
    return false;
  return plan.rows.some(
    (other) => candidates.meeting[other] === meeting && candidates.persons[other] === 1 && candidates.forced[other] === 0,
  );
}

/** An owner that no duty has. */
const NOBODY = 1e15;

/** Lets groups meet at the shut times that the plan needs; returns the households that attended at times shut instead. */
function otherTimes(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, prices: Prices): number[] {
  const meetings = [...new Set(plan.rows.map((row) => household.candidates.meeting[row]!))].filter((meeting) => meeting >= 0);
  const displaced: number[] = [];
  for (const meeting of reopen(context.problem, ledger, meetings)) {
    prices.seat[meeting]! += RAISE;
    for (const key of [...ledger.seats[meeting]!.keys()]) if (ledger.remove(key >> 1) !== undefined) displaced.push(key >> 1);
  }
  return displaced;
}

/** Takes out the households that hold therapists' time which the plan needs; returns them. */
function makeRoom(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, prices: Prices): number[] {
  const { candidates, roles } = household;
  const displaced: number[] = [];
  const planned = plan.rows.filter((row) => candidates.therapist[row]! >= 0 && candidates.forced[row] === 0);
  const clashing = new Set<number>();
  for (const row of planned) {
    const [start, end, buffer] = [candidates.start[row]!, candidates.end[row]!, roles[candidates.role[row]!]!.buffer];
    for (const owner of ledger.rosters[candidates.therapist[row]!]!.clashes(start, end, buffer, household.index)) {
      prices.raise(candidates.therapist[row]!, start, end + buffer, RAISE);
      clashing.add(owner);
    }
  }
  for (const owner of clashing) displaced.push(...takeOut(context, ledger, owner));
  for (const row of planned) {
    const therapist = candidates.therapist[row]!;
    const [start, end] = [candidates.start[row]!, candidates.end[row]!];
    const buffer = roles[candidates.role[row]!]!.buffer;
    const roster = ledger.rosters[therapist]!;
    for (;;) {
      const over = roster.overLimit(start, end, buffer, household.index).filter((owner) => !immovable(ledger, owner));
      if (over.length === 0) break;
      prices.raise(therapist, start - HALF_DAY, end + HALF_DAY, RAISE / 4);
      displaced.push(...takeOut(context, ledger, context.random.pick(over)));
    }
  }
  displaced.push(...caseloadRoom(context, ledger, household, plan, prices));
  return displaced;
}

function caseloadRoom(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, prices: Prices): number[] {
  const displaced: number[] = [];
  const therapists = new Set<number>();
  for (const row of plan.rows) {
    const role = household.roles[household.candidates.role[row]!]!;
    if (household.candidates.therapist[row]! >= 0 && role.separated) therapists.add(household.candidates.therapist[row]!);
  }
  for (const therapist of therapists) {
    while (ledger.caseload(therapist, household.index) >= context.problem.therapists[therapist]!.caseload) {
      const others = [...ledger.cases[therapist]!.keys()].map((key) => Math.floor(key / 3));
      const owners = others.filter((owner) => owner !== household.index && ledger.plans[owner] !== undefined);
      if (owners.length === 0) break;
      prices.load.set(therapist, (prices.load.get(therapist) ?? 0) + RAISE * context.problem.weekCount);
      displaced.push(...takeOut(context, ledger, context.random.pick(owners)));
    }
  }
  return displaced;
}

/** Takes out a household, or lets a meeting find other leaders or nobody; returns the households that have lost their plan. */
function takeOut(context: SearchContext, ledger: Ledger, owner: number): number[] {
  if (owner >= 0) return ledger.remove(owner) === undefined ? [] : [owner];
  if (immovable(ledger, owner)) return [];
  const meeting = -1 - owner;
  const current = ledger.leaders[meeting]!;
  const others = ledger.commonOptions(meeting) & ~(1 << current);
  const option = ledger.freeOption(meeting, others);
  if (option >= 0) {
    ledger.release(meeting);
    ledger.hold(meeting, option);
    return [];
  }
  const households = [...new Set([...ledger.seats[meeting]!.keys()].map((key) => key >> 1))];
  return households.filter((household) => ledger.remove(household) !== undefined);
}

/** Takes out households that no longer fit at the meetings of a plan just placed; returns them. */
function crowdedOut(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, prices: Prices): number[] {
  const meetings = new Set(plan.rows.map((row) => household.candidates.meeting[row]!));
  for (const index of meetings) {
    if (index < 0) continue;
    if (ledger.seats[index]!.size > context.problem.meetings[index]!.maxSeats || ledger.commonOptions(index) === 0)
      prices.seat[index]! += RAISE;
  }
  const displaced: number[] = [];
  for (const row of plan.rows) {
    const index = household.candidates.meeting[row]!;
    if (index < 0 || household.candidates.forced[row] !== 0) continue;
    const meeting = context.problem.meetings[index]!;
    const others = (): number[] =>
      [...ledger.seats[index]!.keys()]
        .map((key) => key >> 1)
        .filter((each) => each !== household.index && ledger.plans[each] !== undefined);
    while (ledger.seats[index]!.size > meeting.maxSeats && others().length > 0) {
      displaced.push(...takeOut(context, ledger, context.random.pick(others())));
    }
    while (ledger.commonOptions(index) === 0 && others().length > 0) {
      const bits = household.candidates.options[row]!;
      const unsuited = [...ledger.seats[index]!]
        .filter(([key, each]) => key >> 1 !== household.index && (each & bits) === 0)
        .map(([key]) => key >> 1);
      displaced.push(...takeOut(context, ledger, context.random.pick(unsuited.length > 0 ? unsuited : others())));
    }
    displaced.push(...leadersRoom(context, ledger, index, household.index, prices));
  }
  return displaced;
}

/** Makes the leaders of a meeting that is now held free for it. */
function leadersRoom(context: SearchContext, ledger: Ledger, index: number, self: number, prices: Prices): number[] {
  const meeting = context.problem.meetings[index]!;
  if (meeting.fixed || ledger.seats[index]!.size === 0) return [];
  const common = ledger.commonOptions(index);
  const free = ledger.freeOption(index, common);
  if (free >= 0) {
    if (ledger.leaders[index] !== free) {
      ledger.release(index);
      ledger.hold(index, free);
    }
    return [];
  }
  const displaced: number[] = [];
  for (const therapist of meeting.options[ledger.leaders[index]!] ?? []) {
    const roster = ledger.rosters[therapist]!;
    const { start, end, buffer } = meeting;
    for (const owner of roster.clashes(start, end, buffer, -1 - index)) {
      if (owner === self) continue;
      prices.raise(therapist, start, end + buffer, RAISE);
      prices.seat[index]! += RAISE;
      displaced.push(...takeOut(context, ledger, owner));
    }
    for (let guard = 0; guard < 100; guard++) {
      const over = roster.overLimit(start, end, buffer, -1 - index).filter((owner) => owner !== self && !immovable(ledger, owner));
      if (over.length === 0) break;
      displaced.push(...takeOut(context, ledger, context.random.pick(over)));
    }
  }
  return displaced;
}
