import { Heap } from '../../kernel/heap.ts';
import type { Household } from '../../model/problem.ts';
import type { SearchContext } from '../context.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { solveHousehold } from '../household/solve.ts';
import { Ledger } from '../ledger.ts';
import { follows } from '../demands.ts';
import { MOST_LABELS, QUICK_LABELS, QUICK_TRIES } from '../plan-in.ts';
import { selfConflict } from './self-conflict.ts';
import { extraCosts, Prices } from '../surroundings.ts';
import { rowsLike, type Way } from './ways.ts';

/** Cost of a seat at a meeting of a group that chooses its times, where it is not yet sure that it is held then; and of an empty seat. */
const UNSURE = 20;
const LONELY = 2;
/** What attending a meeting that lacks attendees is worth. */
const WORTH = 1_000;
/** What turning away from the most promising way weighs against going deeper. */
const TURN = 100;
/** Work after which no further node of a turn is begun. */
const MOST_WORK = 2_000_000;

/** Restrictions under which the household is planned. */
interface Node {
  /** Per row: what the restrictions add to its cost, Infinity where it is left out. */
  extra: Float64Array;
  /** Per meeting: 1 where it is held for sure. */
  kept: Uint8Array;
  /** Groups to which one partner (1 or 2) comes only where the other does. */
  followed: ReadonlyMap<number, number>;
  /** How often another than the most promising way was gone, counted by its rank; and how many ways were gone in all. */
  turns: number;
  depth: number;
}

/**
 * Looks for a plan of a household that does not contradict itself: its best plan is mended where it contradicts itself, one
 * restriction after the other, deepest first, and few turns away from the most promising way before many (limited discrepancy search,
 * Harvey and Ginsberg 1995). It proves nothing.
 */
export class Dive {
  private readonly open = new Heap<Node>();
  private readonly base: Float64Array;
  private readonly lone: boolean;
  /** The household by the groups to which one partner follows the other. */
  private readonly variants: Map<string, Household>;

  /**
   * @param sparse whether groups that choose their times meet only at times that follow each other closely, the first and last ones of a date
   * @param base what sessions cost beyond themselves among other households; none where there are no others
   */
  constructor(
    private readonly context: SearchContext,
    private readonly household: Household,
    sparse: boolean,
    base?: Float64Array,
  ) {
    const { problem } = context;
    this.variants = new Map([['', household]]);
    this.lone = base === undefined;
    const view = { conflict: 0, prices: new Prices(problem.meetings.length, 0), lonely: LONELY };
    this.base = base ?? extraCosts(new Ledger(problem), household, view);
    const extra = new Float64Array(household.candidates.count);
    const kept = new Uint8Array(problem.meetings.length);
    if (sparse) this.closeMost(extra);
    this.push({ extra, kept, followed: new Map(), turns: 0, depth: 0 });
  }

  /** Tries some nodes, until there is a plan that stands, or much work is done. */
  *run(nodes: number): Generator<void, { plan: HouseholdPlan; ledger: Ledger } | undefined> {
    const limit = this.context.work.spent + MOST_WORK;
    for (let count = 0; count < nodes && this.context.work.spent <= limit; count++) {
      const node = this.open.pop();
      if (node === undefined) return undefined;
      const plan = yield* this.planUnder(node);
      const ledger = plan === undefined ? undefined : this.mend(node, plan);
      if (plan !== undefined && ledger !== undefined) return { plan, ledger };
      yield;
    }
    return undefined;
  }

  /** The ledger of a plan that stands; else goes on with every way to mend it. */
  private mend(node: Node, plan: HouseholdPlan): Ledger | undefined {
    const { problem } = this.context;
    const trial = { problem, household: this.household, plan, lone: this.lone, kept: node.kept, followed: node.followed };
    const { ledger, ways } = selfConflict(trial);
    ways.forEach((way, rank) => {
      const child = { ...node, extra: node.extra.slice(), kept: node.kept.slice(), turns: node.turns + rank, depth: node.depth + 1 };
      this.restrict(child, way);
      this.push(child);
    });
    return ways.length === 0 ? ledger : undefined;
  }

  private push(node: Node): void {
    this.open.push(node, TURN * node.turns - node.depth);
  }

  private restrict(node: Node, { ban = [], draw = [], keep, follow }: Way): void {
    for (const row of ban) node.extra[row] = Infinity;
    for (const row of draw) node.extra[row]! -= WORTH;
    if (follow !== undefined) node.followed = new Map([...node.followed, [follow.group, follow.person]]);
    if (keep === undefined) return;
    const { meeting } = this.household.candidates;
    const alike = rowsLike(this.context.problem, this.household, keep, 3).map((row) => meeting[row]!);
    for (const index of new Set(alike)) this.keep(node, index);
  }

  /** Holds a meeting for sure, where that leaves room for those that are; others of its group are left out. */
  private keep(node: Node, index: number): void {
    const { problem } = this.context;
    const { group, week } = problem.meetings[index]!;
    const { meetings, weeklyCount } = problem.groups[group]!;
    const others = meetings.filter((other) => other !== index && Math.abs(problem.meetings[other]!.week - week) <= 1);
    const sure = (other: number): boolean => node.kept[other] === 1 || problem.meetings[other]!.fixed;
    const inWeek = others.filter((other) => problem.meetings[other]!.week === week);
    const full = inWeek.filter(sure).length + 1;
    if (full > weeklyCount || others.some((other) => sure(other) && !follows(problem, other, index))) return;
    node.kept[index] = 1;
    const out = new Set(others.filter((other) => !sure(other) && !follows(problem, other, index)));
    if (full === weeklyCount) for (const other of inWeek) if (!sure(other)) out.add(other);
    this.household.candidates.meeting.forEach((each, row) => {
      if (out.has(each)) node.extra[row] = Infinity;
    });
  }

  /** Leaves out the meetings of groups that choose their times but for two chains a date: each as early, or as late, as may be. */
  private closeMost(extra: Float64Array): void {
    const { problem } = this.context;
    const { candidates } = this.household;
    const open = new Set<number>();
    for (const { meetings, weeklyCount } of problem.groups) {
      if (weeklyCount === Infinity) continue;
      const sorted = [...meetings].sort((a, b) => problem.meetings[a]!.start - problem.meetings[b]!.start);
      for (const order of [sorted, [...sorted].reverse()]) {
        let last: number | undefined;
        for (const meeting of order) {
          if (last !== undefined && !follows(problem, last, meeting)) continue;
          open.add(meeting);
          last = meeting;
        }
      }
    }
    candidates.meeting.forEach((meeting, row) => {
      if (meeting < 0 || candidates.forced[row] !== 0) return;
      const { group, fixed } = problem.meetings[meeting]!;
      if (problem.groups[group]!.weeklyCount < Infinity && !fixed && !open.has(meeting)) extra[row] = Infinity;
    });
  }

  /** A good plan soon: with few labels at first, with more where they have found none. */
  private *planUnder({ extra, kept, followed }: Node): Generator<void, HouseholdPlan | undefined> {
    const { problem, work } = this.context;
    const { meeting } = this.household.candidates;
    const household = this.variant(followed);
    const whole = this.base.map((each, row) => each + extra[row]! + (this.unsure(meeting[row]!, kept) ? UNSURE : 0));
    const request = { extra: whole, tries: QUICK_TRIES, labels: QUICK_LABELS, mostLabels: MOST_LABELS };
    this.context.householdSolves++;
    return (yield* solveHousehold(problem, household, request, work)).plan;
  }

  /** The household where one partner comes to some groups only where the other does. */
  private variant(followed: ReadonlyMap<number, number>): Household {
    const key = [...followed].sort(([a], [b]) => a - b).join(';');
    const known = this.variants.get(key);
    if (known !== undefined) return known;
    const { candidates } = this.household;
    const pairable = candidates.pairable.map((each, row) => {
      const meeting = candidates.meeting[row]!;
      const follower = meeting < 0 ? undefined : followed.get(this.context.problem.meetings[meeting]!.group);
      return follower === candidates.persons[row] && candidates.forced[row] === 0 ? 1 : each;
    });
    const variant: Household = { ...this.household, pairing: 'always', candidates: { ...candidates, pairable } };
    this.variants.set(key, variant);
    return variant;
  }

  private unsure(meeting: number, kept: Uint8Array): boolean {
    if (meeting < 0 || kept[meeting] === 1) return false;
    const { problem } = this.context;
    const { group, fixed } = problem.meetings[meeting]!;
    return !fixed && problem.groups[group]!.weeklyCount < Infinity;
  }
}
