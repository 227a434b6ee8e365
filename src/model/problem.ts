/**
 * The compiled problem: numbers only. Times are minutes from the horizon's start, half-open; dates ("days") are counted from the
 * horizon's first date, so history is negative; weeks are the horizon's, from 1; index 0 of week tables is unused.
 */
export interface Problem {
  /** Length of the horizon. */
  minutes: number;
  weekCount: number;
  /** Date on which week 1 starts: 0 or less. */
  weekOneDay: number;
  weights: ModelWeights;
  therapists: TherapistModel[];
  groups: GroupModel[];
  meetings: Meeting[];
  households: Household[];
}

/** Weight per unit of each soft rule. */
export interface ModelWeights {
  preferredTimes: number;
  preferredAttributes: number;
  continuityPreferred: number;
  sameSlot: number;
  together: number;
  compactDays: number;
  fewDays: number;
  jointSpacing: number;
  excessMinutes: number;
  therapistBalance: number;
  movedSession: number;
}

/** Local dates of one clock: date `first + i` lasts from `starts[i]` to `starts[i + 1]` minutes. */
export interface DayTable {
  first: number;
  starts: Int32Array;
}

/** Sorted, disjoint stretches: `[start0, end0, start1, end1, ...]`. */
export type Spans = Int32Array;

export interface TherapistModel {
  days: DayTable;
  /** Minutes of availability per week; only for therapist-balance. */
  availableMinutes: Float64Array;
  /** Minutes of missed sessions per week, up to the one after the last: they take time, but are no contact; only for therapist-balance. */
  missedMinutes: Float64Array;
  /** `Infinity` where there is no limit. */
  dailyMinutes: number;
  weeklyMinutes: number;
  caseload: number;
  runMinutes: number;
  runBreak: number;
  /** Sessions before the horizon but within `days`, so that they may touch daily, weekly or run limits: start, end, buffer triples. */
  past: Int32Array;
}

export interface GroupModel {
  /** Meetings a week, `Infinity` where times are fixed. */
  weeklyCount: number;
  meetings: number[];
  movable: MovableMeeting[];
}

/** A movable booking of a group. Where the meeting at its time is held, it is that one, else another that no booking is at. */
export interface MovableMeeting {
  /** Meeting at its time, -1 where the group cannot meet then. */
  meeting: number;
  /** Weight x units of another time or other leaders, and of no meeting. */
  moved: number;
  cancelled: number;
}

/** One way to hold a group: at a time, not yet who leads it. */
export interface Meeting {
  group: number;
  start: number;
  end: number;
  buffer: number;
  /** Week of its date in the horizon's zone. */
  week: number;
  /** Fewest and most attendees from this program. */
  minSeats: number;
  maxSeats: number;
  /** Sets of therapists that can lead it. */
  options: number[][];
  /** Therapists who are in every option. */
  sure: number[];
  /** A booking that stands: its leaders are busy whoever comes. */
  fixed: boolean;
  /** A delivered or missed booking: seats and leaders are not judged. */
  fact: boolean;
  /** Whether others may attend than those whom its booking names: it lies in the time to plan and, where they must stay, has a seat left. */
  joinable: boolean;
  /** Index among the bookings, or -1. */
  booking: number;
  /** Weight x units that a movable booking costs when it is not held here by its leaders (option 0), else 0. */
  keptCost: number;
}

/** Who an item belongs to: the first or second person of the household, or both as a couple. */
export const COUPLE = 2;

/** A couple's or person's sessions of one service; `strict` ones have one therapist or group throughout. */
export interface Role {
  owner: number;
  service: number;
  kind: RoleKind;
  continuity: 'strict' | 'prefer' | 'none';
  /** Counts toward role separation and caseload. */
  separated: boolean;
  /** Therapists (or groups) that may serve, ascending. */
  domain: number[];
  /** Weight x units of preferred attributes that each of `domain` lacks, summed over the attendees; 0 for who has served already. */
  lacking: number[];
  /** Clock minutes, and minutes credited to each attendee. */
  minutes: number;
  credit: number;
  buffer: number;
}
export type RoleKind = 'individual' | 'joint' | 'group';

/** What is due of one role in some weeks; blocks end in the weeks where `blockMin` is not -1. */
export interface Item {
  role: number;
  owner: number;
  /** Per week: 1 where the item is active. */
  active: Uint8Array;
  /** Per week: sessions due by its end, counted since the last block's end; -1 inside a block. */
  blockMin: Int32Array;
  /** Most sessions in the block that the week belongs to. */
  blockMax: Int32Array;
  /** Sessions counted that no candidate stands for (before the horizon, facts after the stay), in the first block and in all. */
  initialBlock: number;
  initialTotal: number;
  totalMin: number;
  totalMax: number;
  minFreeDays: number;
  maxPerDay: number;
  /** Last date with a session before the horizon, or -Infinity. */
  lastDay: number;
}

/** Hour rules of one person, per week (index 0 unused); where there is no policy, limits are `Infinity` and minimums 0. */
export interface HourTables {
  /** Credited minutes due by the week's end since the last block's end; -1 inside a block. */
  minutesMin: Int32Array;
  minutesMax: Float64Array;
  /** Minimum above which minutes are excess, -1 in partial weeks or without policy. */
  excessFrom: Int32Array;
  daysMin: Int32Array;
  daysMax: Float64Array;
  /** Credited minutes that make a service day. */
  serviceMinutes: Int32Array;
  lesserForbidden: Uint8Array;
  dailyMax: Float64Array;
  maxFreeDays: Float64Array;
  /** Days above this number cost `few-days`; -1 where the week has no date in the stay. */
  fewFrom: Int32Array;
  initialMinutes: number;
  initialWeekMinutes: number;
  initialServiceDays: number;
  initialDays: number;
  lastServiceDay: number;
}

/** A payer's grant; dates inclusive. */
export interface AuthorizationModel {
  services: number[];
  from: number;
  to: number;
  unitDay: boolean;
  total: number;
  used: number;
  maxPerWeek: number;
  usedInFirstWeek: number;
  maxPerDay: number;
}

export interface PersonModel {
  hours: HourTables;
  authorizations: AuthorizationModel[];
}

/** Ways to hold one session, as columns; sorted by node, item, therapist or group, start. */
export interface Candidates {
  count: number;
  start: Int32Array;
  end: Int32Array;
  /** Item, or -1 for a fact that belongs to none. */
  item: Int16Array;
  role: Int16Array;
  node: Int32Array;
  /** -1 for a group. */
  therapist: Int32Array;
  /** -1 for an individual or joint session. */
  meeting: Int32Array;
  /** Bits: persons in whose time it lies. */
  persons: Uint8Array;
  /** Bits: persons who take part (a missed session has none). */
  present: Uint8Array;
  /** 1 where it is a session of care (a missed one is not). */
  counts: Uint8Array;
  /** Weight x units of rules about this session alone. */
  cost: Int32Array;
  /** Least weight x units of `same-slot` where the week before cannot hold its slot, else 0. */
  slotCost: Int32Array;
  /** Owner's weekday x 1440 + local start. */
  slot: Int32Array;
  /** Owner's week. */
  week: Int16Array;
  /** Dates on the clocks of the first person, the second, the horizon. */
  days: [Int32Array, Int32Array, Int32Array];
  /** Bits: options of the meeting whose leaders may meet this person; -1 else. */
  options: Int32Array;
  /** 1 where a locked booking demands it, 2 where it is a fact. */
  forced: Uint8Array;
  /** 1 for a group session that the partner's care knows too, under an open gate. */
  pairable: Uint8Array;
  /** 1 where both partners must not share the meeting. */
  apart: Uint8Array;
  /** Booking whose session it is, or -1. */
  booking: Int32Array;
}

/** The movable bookings of one role; of more bookings than sessions, some are cancelled. */
export interface MovableRole {
  role: number;
  /** The candidate that keeps each (-1: none), weight x units of moving it, and of cancelling it. */
  bookings: { candidate: number; saved: number; cancelled: number }[];
  /**
   * Weight x units that the first, second... session of the role saves, since a booking less is cancelled; the base cost is then that
   * of cancelling all. Empty where the role's minimums demand as many sessions as there are bookings; the base cost is then that of
   * moving all.
   */
  spared: number[];
}

/** A couple, or a client without a partner: 1 or 2 persons. */
export interface Household {
  index: number;
  persons: PersonModel[];
  roles: Role[];
  items: Item[];
  candidates: Candidates;
  /** Candidates of node n are `nodeStart[n]` to `nodeStart[n + 1]`. */
  nodeStart: Int32Array;
  nodeCount: number;
  /** Per clock (first, second person, horizon) and node: its date, and the week that ends with it (0: none). */
  nodeDay: [Int32Array, Int32Array, Int32Array];
  weekEnd: [Int32Array, Int32Array, Int32Array];
  /** Per clock and node: the week of its date, 0 outside the horizon's weeks. */
  nodeWeek: [Int32Array, Int32Array, Int32Array];
  /**
   * False where sessions had to be left out, since some date of a person is spread over nodes, or since the owner's week is none of the
   * horizon's (see `offWeeksMatter`), or where a date that two nodes share may have several joint sessions of one item: the search is then restricted and proves nothing.
   */
  exact: boolean;
  /** Where it is not exact, and all of them have a node for their date: all sessions, which bound what each role costs. */
  whole: Candidates | undefined;
  /**
   * Per node: the minute at which the horizon's clock comes to a new date in it, where nodes do not hold whole dates of that clock. A joint
   * session after it may be of the date that follows the node's, and the search charges less than `together` where a date goes on after it.
   */
  midnight: Int32Array | undefined;
  together: 'simultaneous' | 'staggered' | 'none';
  pairing: 'always' | 'never' | 'none';
  /** One private room only. */
  oneRoom: boolean;
  childcare: boolean;
  /** When both partners are in the same zone and state. */
  coLocated: Spans;
  /** When childcare covers. */
  covered: Spans;
  /** Closed dates, for `free-days`, as in the frame: see `closedBetween`. */
  closedBefore: Int32Array;
  /** Last joint session before the horizon (horizon's clock), or -Infinity. */
  lastJointDay: number;
  /** What movable bookings cost before any session is chosen (see `MovableRole`), and therapists who have served in the horizon already. */
  baseCost: number;
  movable: MovableRole[];
  /** Per role: therapists of bookings that stand, inside the horizon and before it, which role separation counts. */
  pastTherapists: number[][];
  /** Per role: weeks in which it is sure to have sessions, those before the horizon too. */
  sureWeeks: number[][];
  /** Per role and slot: sessions in the last week before the horizon's first (or its part before the horizon): slot list by role. */
  pastSlots: { role: number; week: number; slot: number }[];
}
