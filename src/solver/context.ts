import type { Household, Problem } from '../model/problem.ts';
import type { Random } from '../kernel/random.ts';
import { demandsOf, easeOf, type Demand } from './demands.ts';
import type { HouseholdPlan } from './household/request.ts';
import { Work } from './household/memory.ts';
import { Ledger, type Snapshot } from './ledger.ts';
import { extraCosts, Prices } from './surroundings.ts';

/** A complete set of plans and leaders that keeps every hard rule (but minimums, where it is a best effort). */
export interface Incumbent {
  plans: HouseholdPlan[];
  leaders: Int32Array;
  cost: number;
}

/** What care demands of groups; see `SearchContext.demanded`. */
interface Demanded {
  demands: readonly Demand[];
  bySeat: Map<number, Map<number, Demand[]>>;
  ease: Float64Array;
}

/** Searches until what they remember is forgotten. */
const PASSING = 50;

/** What all stages of one search share. Stages are generators: they yield at least every few milliseconds, and may be left then. */
export class SearchContext {
  readonly work = new Work();
  phase: 'households' | 'first-plan' | 'improve' | 'prove' = 'households';
  best: Incumbent | undefined;
  /** Proved lower bound of the score; Infinity once infeasibility is proved. */
  bound = 0;
  /** Bound of each household's own cost, all others absent. */
  readonly ownBound: Float64Array;
  /** Least cost of the rules that no household owns. */
  sharedBound = 0;
  /** How often a household was the one for which a first plan failed. */
  readonly failures = new Map<number, number>();
  /** Whether displaced households first look for other sessions in the weeks that they lost: every other attempt at a first plan does. */
  repairs = true;
  /** Households with a plan in the ledger at hand. */
  placed = 0;
  /** What was in the ledger when most households had a plan, until there is a complete one. */
  fullest: { placed: number; snapshot: Snapshot } | undefined;
  /** Per move of improvement: what it has gained per unit of work of late. */
  readonly yields = new Map<object, number>();
  householdSolves = 0;
  nodes = 0;

  /** Per household: Infinity at rows that bookings of others rule out for good. */
  private readonly own: (Float64Array | undefined)[];
  private known: Demanded | undefined;
  private passing = new Work();
  private passed = 0;

  constructor(
    readonly problem: Problem,
    readonly random: Random,
  ) {
    this.ownBound = new Float64Array(problem.households.length);
    this.own = problem.households.map(() => undefined);
  }

  /** What care demands of groups, in all and by seat (household x 2 + person) and week, and how free leaders are at each meeting. */
  demanded(): Demanded {
    for (const steps = this.prepareDemands(); this.known === undefined;) steps.next();
    return this.known;
  }

  /** Works that out in steps, so that it need not be at once. */
  *prepareDemands(): Generator<void, void> {
    if (this.known !== undefined) return;
    const demands = yield* demandsOf(this.problem.households, this.problem);
    const bySeat = this.bySeat(demands);
    yield;
    const ease = yield* easeOf(this.problem, demands);
    this.known = { demands, bySeat, ease };
  }

  private bySeat(demands: readonly Demand[]): Demanded['bySeat'] {
    const result: Demanded['bySeat'] = new Map();
    for (const demand of demands) {
      const seat = demand.household * 2 + this.problem.households[demand.household]!.roles[demand.role]!.owner;
      const weeks = result.get(seat) ?? new Map<number, Demand[]>();
      result.set(seat, weeks);
      weeks.set(demand.week, [...(weeks.get(demand.week) ?? []), demand]);
    }
    return result;
  }

  /** Notes how many households have a plan in a ledger; the waiting ones have none, or a part of one. */
  note(ledger: Ledger, waiting: readonly number[]): void {
    this.placed = this.problem.households.length - waiting.length;
    if (this.best !== undefined || this.placed <= (this.fullest?.placed ?? 0)) return;
    const snapshot = ledger.snapshot();
    for (const index of waiting) snapshot.plans[index] = undefined;
    this.fullest = { placed: this.placed, snapshot };
  }

  /** Work that remembers households searched but once, and forgets them by and by; its units are not yet among those spent. */
  passingWork(): Work {
    if (++this.passed % PASSING === 0) this.passing = new Work();
    return this.passing;
  }

  ownExtra(household: Household): Float64Array {
    let extra = this.own[household.index];
    if (extra === undefined) {
      const prices = new Prices(this.problem.meetings.length, 0);
      extra = extraCosts(new Ledger(this.problem), household, { conflict: 0, prices, lonely: 0 });
      this.own[household.index] = extra;
    }
    return extra;
  }

  /** Cost of complete plans under given leaders. */
  costOf(plans: readonly HouseholdPlan[], leaders: Int32Array): number {
    const ledger = new Ledger(this.problem);
    plans.forEach((plan, index) => ledger.place(index, plan));
    leaders.forEach((option, meeting) => {
      if (this.problem.meetings[meeting]!.fixed || option < 0 || ledger.leaders[meeting] === option) return;
      ledger.release(meeting);
      ledger.hold(meeting, option);
    });
    return ledger.cost();
  }
}
