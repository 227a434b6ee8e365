import { COUPLE, type Household } from '../../model/problem.ts';
import type { Blocks } from './blocks.ts';
import { minutesOf, type MinuteRules } from './minute-rules.ts';
import type { Layout } from './layout.ts';
import type { Segment } from './segments.ts';
import { itemsOf } from './sides.ts';

/** States beyond which a person's week is not told apart so finely. */
const MOST_STATES = 200_000;

/** What of a household a week's rules read. */
interface RulesSetting {
  household: Household;
  blocks: Blocks;
  layout: Layout;
}

/** How one person's share of a week falls into states, and what the end of each node asks of them. Nodes are counted from the week's first. */
export class WeekRules {
  readonly from: number;
  readonly nodes: number;
  /** Items that the person takes part in: own ones and joint ones. */
  readonly items: readonly number[];
  /** Per item: how many numbers of sessions that it may lack are told apart; then days, service days and minutes. And their factors in a state. */
  readonly widths: readonly number[];
  readonly factors: readonly number[];
  readonly stateCount: number;
  /** Whether the week falls into few enough states. */
  readonly fits: boolean;
  /** Whether all blocks end with the week: what follows is then the same for all states. */
  readonly closed: boolean;
  /** Per item: 1 where what it lacks is of the person's share, as that of joint ones is of the last person's. */
  readonly owned: Uint8Array;
  /** Per node and item (nodes first): 1 where a block begins after the node; sessions due in the block after it. */
  readonly fresh: Uint8Array;
  readonly dues: Int32Array;
  /** Per node: days above it cost `few-days`; service days that the week which ends there demands, -1 where none ends. */
  readonly few: Float64Array;
  readonly daysMin: Float64Array;
  readonly minutes: MinuteRules;

  constructor(
    private readonly setting: RulesSetting,
    private readonly person: 0 | 1,
    { from, to }: Pick<Segment, 'from' | 'to'>,
  ) {
    const { household, blocks } = setting;
    const { dues, fresh, stride } = blocks;
    this.from = from;
    this.nodes = to - from;
    this.items = itemsOf(household, person);
    this.closed = to === household.nodeCount || this.items.every((item) => fresh[item * stride + to] === 1);
    const { fewFrom, daysMin } = household.persons[person]!.hours;
    const weeks = household.nodeWeek[person].subarray(from, to);
    const days = weeks.reduce((most, week) => Math.max(most, fewFrom[week]!), 0);
    const service = weeks.reduce((most, week) => Math.max(most, daysMin[week]!), 0);
    const most = this.items.map((item) =>
      dues.subarray(item * stride + from, item * stride + to).reduce((all, due) => Math.max(all, due), 0),
    );
    const others = [...most, days, service].map((each) => each + 1);
    const room = MOST_STATES / others.reduce((product, width) => product * width, 1);
    this.minutes = minutesOf(household, person, from, to, room - 1);
    this.widths = [...others, this.minutes.most + 1];
    this.factors = this.widths.map((_, index) => this.widths.slice(0, index).reduce((product, width) => product * width, 1));
    this.stateCount = this.widths.reduce((product, width) => product * width, 1);
    this.fits = this.stateCount <= MOST_STATES;
    const isLast = person === household.persons.length - 1;
    this.owned = Uint8Array.from(this.items, (item) => (household.items[item]!.owner !== COUPLE || isLast ? 1 : 0));
    const nodes = Array.from({ length: this.nodes }, (_, at) => from + at);
    this.fresh = Uint8Array.from(nodes.flatMap((node) => this.items.map((item) => fresh[item * stride + node + 1]!)));
    this.dues = Int32Array.from(nodes.flatMap((node) => this.items.map((item) => dues[item * stride + node + 1]!)));
    this.few = Float64Array.from(nodes, (node) => {
      const few = fewFrom[household.nodeWeek[person][node]!]!;
      return few < 0 ? Infinity : few;
    });
    this.daysMin = Float64Array.from(nodes, (node) => {
      const ended = household.weekEnd[person][node]!;
      return ended > 0 ? daysMin[ended]! : -1;
    });
  }

  /** The number of a label's state at the start of a node of the household. */
  stateOf(states: Int32Array, offset: number, node: number): number {
    const { items, factors, widths, person } = this;
    const { layout, blocks } = this.setting;
    const { dues, stride } = blocks;
    let state = 0;
    for (let index = 0; index < items.length; index++) {
      const item = items[index]!;
      const lacks = dues[item * stride + node]! - states[offset + layout.count[item]!]!;
      if (lacks > 0) state += lacks * factors[index]!;
    }
    const own = items.length;
    state += Math.min(widths[own]! - 1, states[offset + layout.days[person]!]!) * factors[own]!;
    const at = layout.serviceDays[person]!;
    if (at >= 0) state += Math.min(widths[own + 1]! - 1, states[offset + at]!) * factors[own + 1]!;
    return state + this.minutes.lacks(node - this.from, states, offset + layout.minutes[person]!) * factors[own + 2]!;
  }

  /** The state at the week's start where all blocks begin with it. */
  get begun(): number {
    const { dues, stride } = this.setting.blocks;
    const minutes = this.minutes.begun * this.factors[this.items.length + 2]!;
    return this.items.reduce((state, item, index) => state + dues[item * stride + this.from]! * this.factors[index]!, minutes);
  }
}
