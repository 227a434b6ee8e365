import type { Household, Problem } from '../../model/problem.ts';
import type { Work } from '../household/memory.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { solveHousehold } from '../household/solve.ts';

/** Rounds without a better bound after which steps get shorter, and after which nothing more is to be had. */
const PATIENCE = 4;
const ENOUGH = 25;

/**
 * Bound of a household's cost with `same-slot`, which the search of one plan cannot see. The rule charges a role's sessions of a week
 * that exceed those of the week before at the same slot: max(0, n - n'), which is at least p (n - n') for any price p from 0 to 1. With
 * a price per role, week and slot the charge falls on single sessions (Lagrangian relaxation; the prices follow a subgradient with
 * Polyak's step, 1969), and the search bounds the rest.
 */
export class SlotBound {
  /** Least true cost, base cost included, and the best plan met on the way. */
  bound: number;
  plan: HouseholdPlan;
  /** Whether further rounds may help. */
  get open(): boolean {
    return Math.ceil(this.bound - 1e-6) < this.plan.cost && this.idle < ENOUGH && this.prices.length > 0;
  }

  private readonly weight: number;
  private readonly prices: Float64Array;
  /** Per row: its price, and the one of the same slot in the week after; -1 where there is none. */
  private readonly own: Int32Array;
  private readonly next: Int32Array;
  /** Prices of slots in the week after sessions before the horizon. */
  private readonly past: number[] = [];
  private idle = 0;
  private stretch = 1;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly extra: Float64Array,
    plan: HouseholdPlan,
    bound: number,
  ) {
    this.plan = plan;
    this.bound = bound;
    this.weight = problem.weights.sameSlot;
    const { candidates, pastSlots } = household;
    const places = slotPlaces(household);
    const place = (role: number, week: number, slot: number): number => places.get(keyOf(role, week, slot)) ?? -1;
    this.prices = new Float64Array(this.weight === 0 ? 0 : places.size).fill(0.5);
    this.own = Int32Array.from(candidates.role, (role, row) => place(role, candidates.week[row]!, candidates.slot[row]!));
    this.next = Int32Array.from(candidates.role, (role, row) => place(role, candidates.week[row]! + 1, candidates.slot[row]!));
    for (const { role, week, slot } of pastSlots) if (place(role, week + 1, slot) >= 0) this.past.push(place(role, week + 1, slot));
  }

  /** One search at the present prices, and a step of the prices. */
  *round(work: Work): Generator<void, void> {
    const { household } = this;
    const { forced } = household.candidates;
    let constant = household.baseCost;
    for (const at of this.past) constant -= this.weight * this.prices[at]!;
    const extra = this.extra.map((cost, row) => {
      if (forced[row] === 0) return cost + this.charge(row);
      constant += this.charge(row);
      return cost;
    });
    const upperBound = this.plan.cost - constant;
    const answer = yield* solveHousehold(this.problem, household, { extra, upperBound }, work);
    const bound = Math.min(this.plan.cost, answer.bound + constant);
    this.idle = bound > this.bound + 1e-6 ? 0 : this.idle + 1;
    if (this.idle > 0 && this.idle % PATIENCE === 0) this.stretch /= 2;
    this.bound = Math.max(this.bound, bound);
    if (answer.plan === undefined) return;
    if (answer.plan.cost < this.plan.cost) this.plan = answer.plan;
    this.step(answer.plan.rows, this.plan.cost - bound);
  }

  private charge(row: number): number {
    if (!this.isSession(row)) return 0;
    const [own, next] = [this.own[row]!, this.next[row]!];
    return this.weight * ((own < 0 ? 0 : this.prices[own]!) - (next < 0 ? 0 : this.prices[next]!));
  }

  private isSession(row: number): boolean {
    return this.household.candidates.counts[row] === 1 && this.household.candidates.present[row] !== 0;
  }

  private step(rows: readonly number[], gap: number): void {
    const slope = new Float64Array(this.prices.length);
    for (const at of this.past) slope[at]! -= 1;
    for (const row of rows) {
      if (!this.isSession(row)) continue;
      if (this.own[row]! >= 0) slope[this.own[row]!]! += 1;
      if (this.next[row]! >= 0) slope[this.next[row]!]! -= 1;
    }
    const length = slope.reduce((sum, each) => sum + each * each, 0);
    if (length === 0) return;
    const step = (this.stretch * Math.max(gap, this.weight)) / (this.weight * length);
    for (let at = 0; at < slope.length; at++) this.prices[at] = Math.min(1, Math.max(0, this.prices[at]! + step * slope[at]!));
  }
}

function keyOf(role: number, week: number, slot: number): string {
  return `${role}:${week}:${slot}`;
}

/** A number for each role, week and slot that has candidates in that week and in the one before, where sessions are sure to be. */
function slotPlaces({ candidates, pastSlots, sureWeeks }: Household): Map<string, number> {
  const seen = new Set(pastSlots.map(({ role, week, slot }) => keyOf(role, week, slot)));
  for (let row = 0; row < candidates.count; row++) seen.add(keyOf(candidates.role[row]!, candidates.week[row]!, candidates.slot[row]!));
  const places = new Map<string, number>();
  for (let row = 0; row < candidates.count; row++) {
    const [role, week, slot] = [candidates.role[row]!, candidates.week[row]!, candidates.slot[row]!];
    const key = keyOf(role, week, slot);
    if (sureWeeks[role]!.includes(week - 1) && seen.has(keyOf(role, week - 1, slot)) && !places.has(key)) places.set(key, places.size);
  }
  return places;
}
