import type { Household, Meeting, Problem } from '../../model/problem.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { Ledger } from '../ledger.ts';
import { DutyRows } from './duty-rows.ts';
import { SlotRows } from './slot-rows.ts';
import { adderTo, type AddUse } from './use.ts';

/** A meeting that somebody might attend. */
interface Holding {
  index: number;
  meeting: Meeting;
  /** Leaders who have the time beside bookings that stand; none where these hold it already. */
  options: readonly (readonly number[])[];
  /** Whether it is held in any case. */
  sure: boolean;
  /** Rows of the links of those who might attend. */
  links: Int32Array;
}

interface Offer {
  holding: Holding;
  price: number;
  leaders: readonly number[];
}

/**
 * All that households share, and `same-slot`, as rows of one vector: `price` is what a unit of each costs, `limit` how many there are.
 * Therapists' time and hours, their caseload, and of every meeting its seats, its fewest attendees, and that it has to be held where
 * somebody attends (a link per possible attendee). What is left out (runs, leaders who do not suit an attendee, overlapping meetings of a
 * group) makes bounds weaker, not wrong.
 */
export class Capacities {
  readonly price: Float64Array;
  readonly limit: Float64Array;
  /** Highest prices; `Infinity` for most. */
  readonly most: Float64Array;
  private readonly duties: DutyRows;
  private readonly slots: SlotRows;
  private readonly loadAt: number;
  private readonly seatAt: number;
  private readonly fewAt: number;
  private readonly heldAt: number;
  /** Per household and candidate: row of its link; -1 where it has none. */
  private readonly links: readonly Int32Array[];
  /** Meetings that may be held, by group and week; one by one where a group holds as many as it likes. */
  private readonly holdings: readonly (readonly Holding[])[];
  /** Per household and role: how many roles of the owner count as one case; 0 where none does. */
  private readonly caseShare: readonly Int32Array[];

  constructor(
    readonly problem: Problem,
    private readonly ledger = new Ledger(problem),
  ) {
    const { therapists, meetings, households } = problem;
    let size = 0;
    const take = (count: number): number => (size += count) - count;
    this.duties = new DutyRows(problem, ledger.rosters, take);
    this.loadAt = take(therapists.length);
    this.seatAt = take(meetings.length);
    this.fewAt = take(meetings.length);
    this.heldAt = take(meetings.length);
    this.links = households.map(({ candidates }) =>
      candidates.meeting.map((meeting, row) => (meeting < 0 || candidates.forced[row] !== 0 ? -1 : take(1))),
    );
    this.slots = new SlotRows(problem, take);
    this.price = new Float64Array(size);
    this.limit = new Float64Array(size);
    this.most = new Float64Array(size).fill(Infinity);
    this.caseShare = households.map(caseShareOf);
    this.holdings = holdingsOf(problem, ledger, this.linksByMeeting());
    this.fillLimits();
  }

  /** Prepares for new prices. */
  reprice(): void {
    this.duties.reprice(this.price);
  }

  /** What all that is shared is worth. */
  worth(): number {
    const { price, limit } = this;
    let worth = 0;
    for (let row = 0; row < price.length; row++) if (price[row]! > 0) worth += price[row]! * limit[row]!;
    return worth;
  }

  /** The least that any sessions of a couple may pay for what is shared, whether they are candidates or not: for meetings that want attendees. */
  leastUse(): number {
    let least = 0;
    for (let meeting = 0; meeting < this.problem.meetings.length; meeting++) {
      least += 2 * Math.min(0, this.price[this.seatAt + meeting]! - this.price[this.fewAt + meeting]!);
    }
    return least;
  }

  /** What each session of a household costs beyond itself: `extra`, and what it pays for what is shared. */
  extraOf(household: Household, extra: Float64Array): Float64Array {
    const { candidates, index } = household;
    const { price, seatAt, fewAt } = this;
    const result = Float64Array.from(extra);
    for (let row = 0; row < candidates.count; row++) {
      if (candidates.forced[row] !== 0 || extra[row] === Infinity) continue;
      const meeting = candidates.meeting[row]!;
      result[row]! += this.slots.priceOf(price, household, row);
      if (meeting >= 0) result[row]! += price[seatAt + meeting]! - price[fewAt + meeting]! + price[this.links[index]![row]!]!;
      else result[row]! += this.duties.priceOf(price, candidates.therapist[row]!, stretchOf(household, row));
    }
    return result;
  }

  /** What a household pays where a role is given a therapist. */
  choiceCostOf(household: Household): (role: number, server: number) => number {
    return (role, server) => {
      const share = this.caseShareOf(household, role, server);
      return share === 0 ? 0 : this.price[this.loadAt + server]! / share;
    };
  }

  /** Adds what a household's plan uses. */
  use(household: Household, plan: HouseholdPlan, add: AddUse): void {
    const { candidates, index } = household;
    for (const row of plan.rows) {
      if (candidates.forced[row] !== 0) continue;
      const meeting = candidates.meeting[row]!;
      this.slots.use(add, household, row);
      if (meeting < 0) this.duties.use(add, candidates.therapist[row]!, stretchOf(household, row));
      else {
        add(this.seatAt + meeting, 1);
        add(this.fewAt + meeting, -1);
        add(this.links[index]![row]!, 1);
      }
    }
    plan.choice.forEach((server, role) => {
      const share = this.caseShareOf(household, role, server);
      if (share > 0) add(this.loadAt + server, 1 / share);
    });
  }

  /** Cost of `therapist-balance` for the hours that are cheapest to be charged for; takes them off what is used. */
  balance(into: Float64Array): number {
    return this.duties.balance(this.price, into);
  }

  /** How many therapists and weeks have hours that are chosen apart. */
  get balanceBlocks(): number {
    return this.duties.balanceBlocks;
  }

  /** `balance` for one of them. */
  balanceBlock(block: number, into: Float64Array): number {
    return this.duties.balanceBlock(block, this.price, into);
  }

  /**
   * Holds the meetings that are cheapest to hold: those that cost less than nothing, or nothing where somebody attends, at most as many a
   * week as the group has. Adds what they use and returns what they cost.
   */
  hold(into: Float64Array): number {
    let cost = 0;
    for (let block = 0; block < this.holdings.length; block++) cost += this.holdBlock(block, into, into);
    return cost;
  }

  /** How many blocks of meetings are held apart from each other. */
  get holdBlocks(): number {
    return this.holdings.length;
  }

  /** `hold` for one block; `used` says where somebody attends. */
  holdBlock(block: number, used: Float64Array, into: Float64Array): number {
    const inWeek = this.holdings[block]!;
    const { weeklyCount } = this.problem.groups[inWeek[0]!.meeting.group]!;
    const wanted = inWeek
      .map((holding) => this.offerOf(holding))
      .filter(({ holding, price }) => holding.sure || price < 0 || (price <= 1e-9 && used[this.seatAt + holding.index]! > 0));
    const isSure = ({ holding }: Offer): number => (holding.sure ? 1 : 0);
    wanted.sort((a, b) => isSure(b) - isSure(a) || a.price - b.price);
    let cost = 0;
    wanted.forEach((offer, place) => {
      if (place >= weeklyCount && !offer.holding.sure) return;
      cost += offer.price;
      this.useMeeting(offer, into);
    });
    return cost;
  }

  /** Adds what those meetings of a block use that somebody attends, led by the leaders of a plan (an option per meeting). */
  heldBlock(block: number, used: Float64Array, leaders: Int32Array, into: Float64Array): void {
    for (const holding of this.holdings[block]!) {
      const { index, options, sure } = holding;
      if (!sure && used[this.seatAt + index]! <= 0) continue;
      this.useMeeting({ holding, price: 0, leaders: options.length === 0 ? [] : holding.meeting.options[leaders[index]!]! }, into);
    }
  }

  /** Takes off the hours of `balanceBlock` that the charge for those used covers, and returns the charge. */
  chargedBlock(block: number, used: Float64Array, into: Float64Array): number {
    return this.duties.chargedBlock(block, used, into);
  }

  private offerOf(holding: Holding): Offer {
    const { meeting, options, links, index } = holding;
    const { price } = this;
    let leaders: readonly number[] = [];
    let least = options.length === 0 ? 0 : Infinity;
    for (const option of options) {
      const cost = option.reduce((sum, leader) => sum + this.duties.priceOf(price, leader, meeting), 0);
      if (cost < least) [least, leaders] = [cost, option];
    }
    let linked = 0;
    for (const row of links) linked += price[row]!;
    return { holding, price: least - linked + meeting.minSeats * price[this.fewAt + index]!, leaders };
  }

  private useMeeting({ holding: { meeting, index, links }, leaders }: Offer, into: Float64Array): void {
    for (const leader of leaders) this.duties.use(adderTo(into), leader, meeting);
    into[this.fewAt + index]! += meeting.minSeats;
    into[this.heldAt + index]! += 1;
    for (const row of links) into[row]! -= 1;
  }

  /** How often a meeting is held where so much is used. */
  heldIn(use: Float64Array, meeting: number): number {
    return use[this.heldAt + meeting]!;
  }

  /** How many roles share the cost of the case that a therapist takes on; 0 where it is none, or one already. */
  private caseShareOf(household: Household, role: number, server: number): number {
    const share = this.caseShare[household.index]![role]!;
    if (share === 0 || server < 0) return 0;
    return this.ledger.cases[server]!.has(household.index * 3 + household.roles[role]!.owner) ? 0 : share;
  }

  /** Links of the sessions that are not settled, by meeting. */
  private linksByMeeting(): number[][] {
    const links: number[][] = this.problem.meetings.map(() => []);
    for (const { index, candidates } of this.problem.households) {
      this.links[index]!.forEach((link, row) => {
        if (link >= 0) links[candidates.meeting[row]!]!.push(link);
      });
    }
    return links;
  }

  private fillLimits(): void {
    const { limit, problem, ledger } = this;
    this.duties.fillLimits(limit);
    this.slots.fill(this.price, this.most, limit);
    problem.therapists.forEach(({ caseload }, therapist) => {
      limit[this.loadAt + therapist] = caseload - ledger.cases[therapist]!.size;
    });
    problem.meetings.forEach(({ maxSeats, fact }, index) => {
      const booked = ledger.seats[index]!.size;
      limit[this.seatAt + index] = fact ? Infinity : maxSeats - booked;
      limit[this.fewAt + index] = booked;
      limit[this.heldAt + index] = Infinity;
    });
  }
}

function stretchOf({ candidates, roles }: Household, row: number): { start: number; end: number; buffer: number } {
  return { start: candidates.start[row]!, end: candidates.end[row]!, buffer: roles[candidates.role[row]!]!.buffer };
}

function holdingsOf({ groups, meetings }: Problem, ledger: Ledger, links: readonly (readonly number[])[]): Holding[][] {
  return groups.flatMap((group) => {
    const blocks = new Map<number, Holding[]>();
    for (const index of group.meetings) {
      const meeting = meetings[index]!;
      if (meeting.fact || links[index]!.length === 0) continue;
      const options = meeting.fixed ? [] : meeting.options.filter((_, option) => ledger.freeOption(index, 1 << option) >= 0);
      const holding = { index, meeting, options, sure: ledger.seats[index]!.size > 0, links: Int32Array.from(links[index]!) };
      const block = group.weeklyCount === Infinity ? index : meeting.week;
      blocks.set(block, [...(blocks.get(block) ?? []), holding]);
    }
    return [...blocks.values()];
  });
}

/** Per role: how many roles of its owner keep one therapist and count toward a caseload, if it is one of these. */
function caseShareOf({ roles }: Household): Int32Array {
  const counts = (role: Household['roles'][number]): boolean => role.separated && role.continuity === 'strict' && role.kind !== 'group';
  return Int32Array.from(roles, (role) => (counts(role) ? roles.filter((other) => counts(other) && other.owner === role.owner).length : 0));
}
