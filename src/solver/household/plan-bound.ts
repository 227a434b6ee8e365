import type { Completion } from './completion.ts';
import type { NodeChoices } from './pattern-cache.ts';
import type { Segment } from './segments.ts';
import type { HouseholdTables } from './tables.ts';
import { WeekBound, type WeekSetting } from './week-bound.ts';
import type { WeekRules } from './week-rules.ts';

/** A week with a bound for each person, and the least cost of each person's share after it, as far as no state changes that. */
interface Week {
  segment: Segment;
  rules: readonly WeekRules[];
  persons: readonly WeekBound[];
  later: number[];
}

/** Lower bounds of what labels must still pay: of each person's share of the plan, over its weeks. */
export class PlanBound {
  /** Per node: its week. */
  private readonly weekAt: Week[] = [];
  /** Whether the weeks fall into few enough states; nothing else is to be asked where they do not. */
  readonly fits: boolean;
  private readonly setting: WeekSetting;
  /** Bounds by what they depend on. */
  private readonly known = new Map<string, WeekBound>();
  private made = 0;

  /** @param pool bounds whose memory is taken, which grows as needed; they belong to this bound until another one takes them */
  constructor(
    private readonly choices: readonly NodeChoices[],
    segments: readonly Segment[],
    private readonly completion: Completion,
    private readonly tables: HouseholdTables,
    setting: Omit<WeekSetting, 'completion'>,
    private readonly pool: WeekBound[] = [],
  ) {
    this.setting = { ...setting, completion };
    this.fits = segments.every((_, at) => tables.rulesOf(at).every(({ fits }) => fits));
    if (!this.fits) return;
    for (let at = segments.length - 1; at >= 0; at--) {
      const segment = segments[at]!;
      const rules = tables.rulesOf(at);
      const persons = rules.map((each, person) => this.boundOf(segment, each, person, segments.length > 1));
      const week: Week = { segment, rules, persons, later: [] };
      for (let person = 0; person < persons.length; person++) week.later.push(this.laterOf(rules[person]!, person, segment.to));
      for (let node = segment.to - 1; node >= segment.from; node--) this.weekAt[node] = week;
    }
  }

  /** Least cost of nodes `next` and later, of any label there, where `next` begins a week. */
  leastAt(next: number): number {
    const before = this.weekAt[next - 1]!;
    return before.rules.reduce(
      (sum, { closed }, person) => sum + before.later[person]! + (closed ? 0 : this.leastOfItems(before.rules[person]!, next)),
      0,
    );
  }

  /** Whether the least cost of nodes `next` and later, where `next` begins a week, is the same for all labels there. */
  closedAt(next: number): boolean {
    return this.weekAt[next - 1]!.rules.every(({ closed }) => closed);
  }

  /** Least cost of nodes `next` and later for a label at its start. */
  of(states: Int32Array, offset: number, next: number): number {
    const week = this.weekAt[next];
    if (week === undefined) return 0;
    let cost = 0;
    for (let person = 0; person < week.persons.length; person++) {
      const state = week.rules[person]!.stateOf(states, offset, next);
      cost += week.persons[person]!.least(next - week.segment.from, state) + week.later[person]!;
    }
    return cost;
  }

  /**
   * Writes, for each pattern of a node, the least cost of a label's plan with it and after it.
   * @param into from `place` on
   */
  promises(states: Int32Array, offset: number, node: number, into: Float64Array, place: number): void {
    const { segment, rules, persons, later } = this.weekAt[node]!;
    const { sides, patterns } = this.choices[node]!;
    let rest = 0;
    for (let person = 0; person < later.length; person++) rest += later[person]!;
    for (let step = 0; step < patterns.length; step++) into[place + step] = patterns[step]!.cost + rest;
    for (let person = 0; person < persons.length; person++) {
      const bound = persons[person]!;
      const row = bound.rowOf(node - segment.from, rules[person]!.stateOf(states, offset, node));
      const { costs } = bound;
      const { of } = sides[person]!;
      for (let step = 0; step < patterns.length; step++) into[place + step]! += costs[row + of[step]!]!;
    }
  }

  private boundOf(segment: Segment, rules: WeekRules, person: number, repeats: boolean): WeekBound {
    const choices = this.choices.slice(segment.from, segment.to);
    const key = repeats && rules.closed ? `${person}|${segment.kind}|${choices.map(({ family }) => family).join()}` : undefined;
    const found = key === undefined ? undefined : this.known.get(key);
    if (found !== undefined) return found;
    if (this.made === this.pool.length) this.pool.push(new WeekBound());
    const sides = choices.map((each) => each.sides[person]!);
    const bound = this.pool[this.made++]!.prepare(rules, sides, this.setting);
    if (key !== undefined) this.known.set(key, bound);
    return bound;
  }

  /** Least cost of a person's share after a week or, where blocks go on, of what stands. */
  private laterOf(rules: WeekRules, person: number, to: number): number {
    const next = this.weekAt[to];
    if (next === undefined) return 0;
    if (rules.closed) return next.persons[person]!.least(0, next.rules[person]!.begun) + next.later[person]!;
    return person === next.persons.length - 1 ? this.completion.ofForced(to) : 0;
  }

  private leastOfItems({ items, owned }: WeekRules, to: number): number {
    const { fresh, dues, stride } = this.tables.blocks;
    const least = (item: number): number =>
      this.completion.ofItem(item, fresh[item * stride + to] === 1 ? dues[item * stride + to]! : 0, to);
    return items.reduce((sum, item, index) => sum + (owned[index] === 1 ? least(item) : 0), 0);
  }
}
