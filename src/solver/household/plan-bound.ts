import { COUPLE } from '../../model/problem.ts';
import type { Completion } from './completion.ts';
import type { NodeChoices } from './pattern-cache.ts';
import type { Segment } from './segments.ts';
import { WeekBound, type WeekSetting } from './week-bound.ts';

/** A week with a bound for each person, and the least cost of each person's share after it, as far as no state changes that. */
interface Week {
  segment: Segment;
  persons: readonly WeekBound[];
  later: readonly number[];
}

/** Lower bounds of what labels must still pay: of each person's share of the plan, over its weeks. */
export class PlanBound {
  /** Per node: its week. */
  private readonly weekAt: Week[] = [];
  /** Whether the weeks fall into few enough states; nothing else is to be asked where they do not. */
  readonly fits: boolean;

  constructor(
    private readonly choices: readonly NodeChoices[],
    segments: readonly Segment[],
    private readonly completion: Completion,
    private readonly setting: Omit<WeekSetting, 'later' | 'blocks' | 'owns'>,
  ) {
    const known = new Map<string, WeekBound>();
    let fits = true;
    for (let at = segments.length - 1; at >= 0 && fits; at--) {
      const segment = segments[at]!;
      const persons = setting.household.persons.map((_, person) => this.boundOf(segment, person as 0 | 1, known));
      fits = persons.every((bound) => bound.fits);
      if (!fits) break;
      const week = { segment, persons, later: persons.map((bound, person) => this.laterOf(bound, person, segment.to)) };
      for (let node = segment.to - 1; node >= segment.from; node--) this.weekAt[node] = week;
    }
    this.fits = fits;
  }

  /** Least cost of nodes `next` and later, of any label there, where `next` begins a week. */
  leastAt(next: number): number {
    const before = this.weekAt[next - 1]!;
    return before.persons.reduce(
      (sum, bound, person) => sum + before.later[person]! + (bound.closed ? 0 : this.leastOfItems(person, next)),
      0,
    );
  }

  /** Whether the least cost of nodes `next` and later, where `next` begins a week, is the same for all labels there. */
  closedAt(next: number): boolean {
    return this.weekAt[next - 1]!.persons.every((bound) => bound.closed);
  }

  /** Least cost of nodes `next` and later for a label at its start. */
  of(states: Int32Array, offset: number, next: number): number {
    const week = this.weekAt[next];
    if (week === undefined) return 0;
    let cost = 0;
    for (let person = 0; person < week.persons.length; person++) {
      const bound = week.persons[person]!;
      cost += bound.least(next - week.segment.from, bound.stateOf(states, offset, next)) + week.later[person]!;
    }
    return cost;
  }

  /**
   * Writes, for each pattern of a node, the least cost of a label's plan with it and after it.
   * @param into from `place` on
   */
  promises(states: Int32Array, offset: number, node: number, into: Float64Array, place: number): void {
    const { segment, persons, later } = this.weekAt[node]!;
    const { sides, patterns } = this.choices[node]!;
    const rest = later.reduce((sum, cost) => sum + cost, 0);
    for (let step = 0; step < patterns.length; step++) into[place + step] = patterns[step]!.cost + rest;
    persons.forEach((bound, person) => {
      const row = bound.rowOf(node - segment.from, bound.stateOf(states, offset, node));
      const { costs } = bound;
      const { of } = sides[person]!;
      for (let step = 0; step < patterns.length; step++) into[place + step]! += costs[row + of[step]!]!;
    });
  }

  private boundOf(segment: Segment, person: 0 | 1, known: Map<string, WeekBound>): WeekBound {
    const choices = this.choices.slice(segment.from, segment.to);
    const key = `${person}|${segment.kind}|${choices.map(({ family }) => family).join()}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const setting: WeekSetting = {
      ...this.setting,
      blocks: this.completion.blocks,
      owns: (item) => this.owns(person, item),
      later: (item, lacks, to) => (this.owns(person, item) ? this.completion.ofItem(item, lacks, to) : 0),
    };
    const sides = choices.map((each) => each.sides[person]!);
    const bound = new WeekBound(setting, person, segment, sides);
    if (bound.closed) known.set(key, bound);
    return bound;
  }

  /** Least cost of a person's share after a week or, where blocks go on, of what stands. */
  private laterOf(bound: WeekBound, person: number, to: number): number {
    const next = this.weekAt[to];
    if (next === undefined) return 0;
    if (bound.closed) return next.persons[person]!.whole + next.later[person]!;
    return this.isLast(person) ? this.completion.ofForced(to) : 0;
  }

  private leastOfItems(person: number, to: number): number {
    const { fresh, dues } = this.completion.blocks;
    const least = (item: number): number => this.completion.ofItem(item, fresh[item]![to] === 1 ? dues[item]![to]! : 0, to);
    return this.setting.household.items.reduce((sum, _, item) => sum + (this.owns(person, item) ? least(item) : 0), 0);
  }

  /** Whether an item's sessions are part of a person's share: joint ones are of the last person's. */
  private owns(person: number, item: number): boolean {
    const { owner } = this.setting.household.items[item]!;
    return owner === person || (owner === COUPLE && this.isLast(person));
  }

  private isLast(person: number): boolean {
    return person === this.setting.household.persons.length - 1;
  }
}
