import type { Household, HourTables, Problem } from '../../model/problem.ts';
import { CLOSED_MARGIN } from '../../model/frame.ts';
import { lackingOf, SHORTFALL, type DueTables } from './dues.ts';
import type { Futures } from './futures.ts';
import { Grants } from './grants.ts';
import { NO_DAY, type Layout } from './layout.ts';
import { bitIn, mustDiffer, type Marks } from './marks.ts';
import type { Pattern } from './pattern.ts';

/** What of a household steps read. */
interface StepTables {
  household: Household;
  dues: DueTables;
  /** See `standingSessions`. */
  standing: Int32Array;
}

/** Extends a state by one node's pattern: all rules of a household that reach beyond a date. */
export class Stepper {
  /** The state that `apply` leaves. */
  readonly state: Int32Array;
  private readonly household: Household;
  private readonly tables: DueTables;
  /** Per item and node: sessions of bookings that stand. */
  private readonly standing: Int32Array;
  private readonly grants: Grants;

  constructor(
    private readonly problem: Problem,
    { household, dues, standing }: StepTables,
    private readonly layout: Layout,
    private readonly marks: Marks,
    private readonly shortfalls: boolean,
  ) {
    this.household = household;
    this.state = new Int32Array(layout.size);
    this.tables = dues;
    this.standing = standing;
    this.grants = new Grants(household, layout, this.state, shortfalls);
  }

  /** Cost of what history leaves in the first week already. */
  begin(state: Int32Array): number {
    let cost = 0;
    this.household.persons.forEach(({ hours }, person) => {
      const week = this.household.nodeWeek[person as 0 | 1][0]!;
      const few = hours.fewFrom[week]!;
      if (few >= 0) cost += this.problem.weights.fewDays * Math.max(0, state[this.layout.days[person]!]! - few);
      const minutes = this.layout.weekMinutes[person]!;
      const from = hours.excessFrom[week]!;
      if (minutes >= 0 && from >= 0) cost += this.problem.weights.excessMinutes * Math.ceil(Math.max(0, state[minutes]! - from) / 15);
    });
    return cost;
  }

  /**
   * Cost that the pattern adds beyond its own, or Infinity where a rule forbids it. `states` holds the label's state from
   * `offset` on.
   */
  apply(states: Int32Array, offset: number, pattern: Pattern, node: number, futures: Futures): number {
    const { state } = this;
    for (let index = 0; index < state.length; index++) state[index] = states[offset + index]!;
    let cost = 0;
    for (let index = 0; index < pattern.items.length; index++) {
      const item = pattern.items[index]!;
      if (!this.addSessions(item, pattern.counts[index]!, pattern.late?.[item] ?? 0, node)) return Infinity;
    }
    for (let person = 0; person < this.household.persons.length; person++) {
      cost += this.addDay(person, pattern, node);
      if (cost === Infinity) return Infinity;
    }
    if (this.household.movable.length > 0) cost -= this.addSpared(pattern, node);
    if (pattern.joint > pattern.lateJoint) cost += this.addJoint(pattern.joint - pattern.lateJoint, this.household.nodeDay[2][node]!);
    if (pattern.lateJoint > 0) cost += this.addJoint(pattern.lateJoint, this.household.nodeDay[2][node]! + 1);
    if (pattern.marks !== undefined) {
      cost += this.addMarks(pattern.marks);
      if (cost === Infinity) return Infinity;
    }
    cost += this.close(node, futures);
    return cost;
  }

  /** What a state has gathered toward the running minimums of hours and days, in the prices of shortfalls. */
  progress(states: Int32Array, offset: number): number {
    const { layout } = this;
    let worth = 0;
    for (const at of layout.minutes) if (at >= 0) worth += states[offset + at]! * SHORTFALL.minute;
    for (const at of layout.serviceDays) if (at >= 0) worth += states[offset + at]! * SHORTFALL.day;
    return worth;
  }

  /** Where a table that has a number per node for each of several things has that of one. */
  private at(index: number, node: number): number {
    return index * this.household.nodeCount + node;
  }

  /** @param late sessions of the date after the node's */
  private addSessions(index: number, count: number, late: number, node: number): boolean {
    const { state, layout } = this;
    const item = this.household.items[index]!;
    const week = this.household.nodeWeek[item.owner as 0 | 1 | 2][node]!;
    const at = layout.count[index]!;
    state[at]! += count;
    if (state[at]! > item.blockMax[week]!) return false;
    const gap = layout.gap[index]!;
    if (gap >= 0) {
      const day = this.household.nodeDay[item.owner as 0 | 1 | 2][node]!;
      if (count > late && !this.isFree(gap, day, item.minFreeDays)) return false;
      if (late > 0 && !this.isFree(gap, day + 1, item.minFreeDays)) return false;
    }
    const total = layout.total[index]!;
    if (total >= 0) {
      state[total]! += count;
      if (state[total]! > item.totalMax) return false;
    }
    return true;
  }

  /** Whether enough dates lie before one with sessions of an item; notes it. */
  private isFree(gap: number, day: number, minFreeDays: number): boolean {
    const last = this.state[gap]!;
    this.state[gap] = day;
    return last === NO_DAY || day - last - 1 >= minFreeDays;
  }

  /** Cost that a person's sessions of the node add, or Infinity where a limit forbids them. */
  private addDay(person: number, pattern: Pattern, node: number): number {
    const who = person as 0 | 1;
    if (!pattern.has[who]) return 0;
    const { state, layout } = this;
    const { hours } = this.household.persons[person]!;
    const week = this.household.nodeWeek[who][node]!;
    if (layout.minutes[person]! >= 0) {
      state[layout.minutes[person]!]! += pattern.credit[who];
      if (state[layout.minutes[person]!]! > hours.minutesMax[week]!) return Infinity;
    }
    const cost = this.addExcess(person, pattern.credit[who], hours.excessFrom[week]!) + this.addDays(person, hours, week);
    if (cost === Infinity) return Infinity;
    if (pattern.service[who] && !this.addServiceDay(person, hours, node)) return Infinity;
    return this.household.persons[person]!.authorizations.length === 0 || this.grants.draw(person, pattern, node) ? cost : Infinity;
  }

  /** `excess-minutes`, charged as soon as it arises; of the minutes above the minimum only what a next quarter hour needs is kept. */
  private addExcess(person: number, credit: number, from: number): number {
    const at = this.layout.weekMinutes[person]!;
    if (at < 0 || from < 0) return 0;
    const before = Math.max(0, this.state[at]! - from);
    const after = Math.max(0, this.state[at]! + credit - from);
    this.state[at] = after === 0 ? this.state[at]! + credit : from + ((after - 1) % 15) + 1;
    return this.problem.weights.excessMinutes * (Math.ceil(after / 15) - Math.ceil(before / 15));
  }

  /** `few-days`, charged as soon as it arises; days beyond are told apart only where they are limited. */
  private addDays(person: number, hours: HourTables, week: number): number {
    const at = this.layout.days[person]!;
    const days = this.state[at]! + 1;
    if (days > hours.daysMax[week]!) return Infinity;
    const few = hours.fewFrom[week]!;
    this.state[at] = days;
    return few >= 0 && days > few ? this.problem.weights.fewDays : 0;
  }

  /** Whether the dates between service days allow one more. */
  private addServiceDay(person: number, hours: HourTables, node: number): boolean {
    const { state, layout } = this;
    const week = this.household.nodeWeek[person as 0 | 1][node]!;
    const days = layout.serviceDays[person]!;
    if (days >= 0) state[days] = Math.min(state[days]! + 1, hours.daysMin[week]!);
    const last = layout.lastService[person]!;
    if (last < 0) return true;
    const day = this.household.nodeDay[person as 0 | 1][node]!;
    if (state[last]! !== NO_DAY && this.openDatesBetween(state[last]!, day) > hours.maxFreeDays[week]!) return false;
    state[last] = day;
    return true;
  }

  /** Dates between two dates, closed ones not counted. */
  private openDatesBetween(first: number, second: number): number {
    const { closedBefore } = this.household;
    const from = Math.max(0, first + 1 + CLOSED_MARGIN);
    return second - first - 1 - (closedBefore[second + CLOSED_MARGIN]! - closedBefore[from]!);
  }

  /** What the node's sessions save of `moved-session`, since fewer movable bookings are cancelled. */
  private addSpared(pattern: Pattern, node: number): number {
    const { items, movable } = this.household;
    let saved = 0;
    for (let index = 0; index < movable.length; index++) {
      const at = this.layout.spare[index]!;
      if (at < 0) continue;
      const { role, spared } = movable[index]!;
      for (let each = 0; each < pattern.items.length; each++) {
        const item = pattern.items[each]!;
        if (items[item]!.role !== role) continue;
        for (let count = pattern.counts[each]! - this.standing[this.at(item, node)]!; count > 0; count--) {
          if (this.state[at]! < spared.length) saved += spared[this.state[at]!++]!;
        }
      }
    }
    return saved;
  }

  /** `joint-spacing` of a date's joint sessions after the last one. */
  private addJoint(count: number, day: number): number {
    const at = this.layout.lastJoint;
    if (at < 0) return 0;
    const weight = this.problem.weights.jointSpacing;
    let units = 5 * (count - 1);
    if (this.state[at]! !== NO_DAY) {
      const days = day - this.state[at]!;
      units += Math.max(0, 5 - days, days - 9);
    }
    this.state[at] = day;
    return weight * units;
  }

  /** Cost of therapists that a role meets for the first time; Infinity where roles are no longer apart. */
  private addMarks(met: Int32Array): number {
    const { marks, layout, state, household } = this;
    let cost = 0;
    for (let index = 0; index < met.length; index++) {
      const at = layout.marks[index]!;
      const fresh = met[index]! & ~state[at]!;
      if (fresh === 0) continue;
      state[at]! |= fresh;
      const role = marks.roles[index]!;
      for (const [therapist, bit] of marks.bits[role]!) {
        if ((fresh & bitIn(bit, marks.words[index]!)) !== 0) cost += lackingOf(household, role, therapist);
      }
    }
    for (let index = 0; index < met.length; index++) {
      for (let other = index + 1; other < met.length; other++) {
        if (marks.words[index] !== marks.words[other]) continue;
        if (!mustDiffer(household.roles[marks.roles[index]!]!, household.roles[marks.roles[other]!]!)) continue;
        if ((state[layout.marks[index]!]! & state[layout.marks[other]!]!) !== 0) return Infinity;
      }
    }
    return cost;
  }

  /** What ends with the node: weeks and blocks. Prunes states that can no longer reach a minimum. */
  private close(node: number, futures: Futures): number {
    let cost = 0;
    const { items, weekEnd, persons } = this.household;
    for (let index = 0; index < items.length && cost < Infinity; index++) {
      cost += this.closeItem(index, weekEnd[items[index]!.owner as 0 | 1 | 2][node]!, node, futures);
    }
    for (let person = 0; person < persons.length && cost < Infinity; person++) {
      const week = weekEnd[person as 0 | 1][node]!;
      cost += week > 0 ? this.closeWeek(person, week, futures.credit[this.at(person, node)]!) : this.openWeek(person, node, futures);
      if (cost < Infinity) cost += this.grants.close(person, node, futures);
    }
    return cost;
  }

  private closeItem(index: number, week: number, node: number, futures: Futures): number {
    const { state, layout } = this;
    const item = this.household.items[index]!;
    const owner = item.owner as 0 | 1 | 2;
    const at = layout.count[index]!;
    let missing = 0;
    if (week > 0 && item.blockMin[week]! >= 0) {
      missing = Math.max(0, item.blockMin[week]! - state[at]!);
      state[at] = 0;
    } else {
      const current = this.household.nodeWeek[owner][node]!;
      const due = this.tables.sessionsDue[index]![current]!;
      const left = futures.sessions[this.at(index, node)]!;
      if (!this.shortfalls && item.active[current] === 1 && state[at]! + left < due) return Infinity;
      if (state[at]! > due && state[at]! + left <= item.blockMax[current]!) state[at] = due;
    }
    const gap = layout.gap[index]!;
    const next = node + 1 < this.household.nodeCount ? this.household.nodeDay[owner][node + 1]! : Infinity;
    if (gap >= 0 && state[gap] !== NO_DAY && next - state[gap]! - 1 >= item.minFreeDays) state[gap] = NO_DAY;
    return this.closeTotal(index, node, futures, missing);
  }

  private closeTotal(index: number, node: number, futures: Futures, missing: number): number {
    const { state, layout } = this;
    const item = this.household.items[index]!;
    const total = layout.total[index]!;
    if (total >= 0) {
      const left = futures.total[this.at(index, node)]!;
      const last = node === this.household.nodeCount - 1;
      if (state[total]! + left < item.totalMin) {
        if (!this.shortfalls) return Infinity;
        if (last) missing += item.totalMin - state[total]! - left;
      }
      if (state[total]! >= item.totalMin && state[total]! + left <= item.totalMax) state[total] = Math.max(0, item.totalMin);
    }
    if (missing === 0) return 0;
    return this.shortfalls ? missing * SHORTFALL.session : Infinity;
  }

  /** Price of the minimums that the week's end finds missed; `left` minutes can still be credited in the block. */
  private closeWeek(person: number, week: number, left: number): number {
    const { state, layout } = this;
    const { hours, authorizations } = this.household.persons[person]!;
    let missing = 0;
    const minutes = layout.minutes[person]!;
    if (minutes >= 0 && hours.minutesMin[week]! >= 0) {
      missing += Math.max(0, hours.minutesMin[week]! - state[minutes]!) * SHORTFALL.minute;
      state[minutes] = 0;
    } else if (minutes >= 0) {
      const due = (this.shortfalls ? this.tables.minutesDue : this.tables.minutesDueNow)[person]![week]!;
      if (state[minutes]! > due && state[minutes]! + left <= hours.minutesMax[week]!) state[minutes] = Math.max(0, due);
    }
    if (layout.weekMinutes[person]! >= 0) state[layout.weekMinutes[person]!] = 0;
    if (layout.serviceDays[person]! >= 0) {
      missing += Math.max(0, hours.daysMin[week]! - state[layout.serviceDays[person]!]!) * SHORTFALL.day;
      state[layout.serviceDays[person]!] = 0;
    }
    state[layout.days[person]!] = 0;
    for (let index = 0; index < authorizations.length; index++) {
      const at = layout.drawnInWeek[person]![index]!;
      if (at >= 0) state[at] = 0;
    }
    return missing === 0 || this.shortfalls ? missing : Infinity;
  }

  /** Infinity where the week's minimums are out of reach; minutes that no limit needs to know any more are forgotten. */
  private openWeek(person: number, node: number, futures: Futures): number {
    const { state, layout } = this;
    const { hours } = this.household.persons[person]!;
    const week = this.household.nodeWeek[person as 0 | 1][node]!;
    if (week === 0) return 0;
    const days = layout.serviceDays[person]!;
    if (days >= 0 && !this.shortfalls && state[days]! + futures.serviceDays[this.at(person, node)]! < hours.daysMin[week]!) return Infinity;
    const few = Math.max(0, hours.fewFrom[week]!);
    if (state[layout.days[person]!]! > few && state[layout.days[person]!]! + futures.days[this.at(person, node)]! <= hours.daysMax[week]!) {
      state[layout.days[person]!] = few;
    }
    const at = layout.minutes[person]!;
    if (at < 0) return 0;
    const due = this.tables.minutesDue[person]![week]!;
    const left = futures.credit[this.at(person, node)]!;
    if (state[at]! + left < due && !this.shortfalls) return Infinity;
    if (state[at]! > due && state[at]! + left <= hours.minutesMax[week]!) state[at] = Math.max(0, due);
    return 0;
  }
}
