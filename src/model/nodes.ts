import type { Draft } from './candidates.ts';
import { localTime, midnightOf, weekOf, type Frame } from './frame.ts';
import { instantOf } from '../time/zone.ts';

/** The horizon cut into nodes of about a day, so that each date of each clock lies in one node. */
export interface Nodes {
  count: number;
  /** Node of each draft, or -1 for one that had to be left out. */
  ofDraft: Int32Array;
  /** Per clock and node: its date, and the week that ends with it (0: none). */
  day: [Int32Array, Int32Array, Int32Array];
  weekEnd: [Int32Array, Int32Array, Int32Array];
  /** Per clock and node: the week of its date, 0 outside the horizon's weeks. */
  week: [Int32Array, Int32Array, Int32Array];
  /** Whether drafts had to be left out. */
  partial: boolean;
  /** Node of each draft, of those that had to be left out the one with their date on their owner's clock; undefined where one has none. */
  byDate: Int32Array | undefined;
  /**
   * Per node: the minute at which the horizon's clock comes to a new date in it; undefined where nodes hold whole dates of that clock
   * too. Joint sessions after it may be of the date that follows the node's.
   */
  midnight: Int32Array | undefined;
  /** Whether one node, or one date of the horizon's clock, has joint sessions before and after such a midnight. */
  mixed: boolean;
}

/** A way to cut the horizon, and how many candidates it leaves out. */
interface Cut {
  cuts: number[];
  ofDraft: Int32Array;
  left: number;
}

/** Clocks that the rules read: both persons', and the horizon's where there is joint care or a wish for togetherness. */
export interface ClockUse {
  zone: string;
  clocks: number[];
  /** Whether every minute of a session must lie on one date of the horizon's clock. */
  minuteDates: boolean;
}

/**
 * Cuts the horizon once a day at the first full hour, counted from midnight in `use.zone`, that splits no date of any clock
 * between two nodes. Where no hour does, dates of the horizon's clock may be split; where dates of persons are, the hour that leaves out
 * the fewest candidates is taken.
 */
export function cutNodes(frame: Frame, drafts: readonly Draft[], use: ClockUse): Nodes {
  const marks = marksOf(drafts);
  const whole = bestCut(frame, marks, use);
  if (whole.left === 0 || !use.clocks.includes(2)) return nodesOf(frame, drafts, whole);
  const split = bestCut(frame, marks, { ...use, clocks: use.clocks.filter((clock) => clock !== 2), minuteDates: false });
  const joint = jointDates(frame, marks, split);
  return split.left < whole.left ? nodesOf(frame, drafts, split, joint) : nodesOf(frame, drafts, whole);
}

function bestCut(frame: Frame, marks: Marks, use: ClockUse): Cut {
  let best: Cut | undefined;
  for (let hour = 0; hour < 24 && best?.left !== 0; hour++) {
    const cuts = cutsAt(frame, use.zone, hour);
    const ofDraft = assign(frame, marks, cuts, use);
    const left = leftOut(marks, ofDraft);
    if (best === undefined || left < best.left) best = { cuts, ofDraft, left };
  }
  return best!;
}

function leftOut({ counts }: Marks, ofDraft: Int32Array): number {
  let left = 0;
  for (let index = 0; index < ofDraft.length; index++) if (ofDraft[index]! < 0) left += counts[index]!;
  return left;
}

/** Dates of joint sessions where nodes do not hold whole dates of the horizon's clock. */
interface JointDates {
  /** Per node: its first date with a joint session; `Infinity` where it has none. */
  first: Float64Array;
  mixed: boolean;
}

/** Finds the dates of joint sessions; leaves out those that are neither of their node's first date nor of the next one in the same week. */
function jointDates(frame: Frame, marks: Marks, cut: Cut): JointDates {
  const { cuts, ofDraft } = cut;
  const days = marks.days[2];
  const joint: number[] = [];
  for (let index = 0; index < ofDraft.length; index++) if (ofDraft[index]! >= 0 && marks.touches[2][index] === 1) joint.push(index);
  const first = new Float64Array(cuts.length).fill(Infinity);
  for (const index of joint) first[ofDraft[index]!] = Math.min(first[ofDraft[index]!]!, days[index]!);
  let mixed = false;
  for (const index of joint) {
    const date = first[ofDraft[index]!]!;
    const after = days[index]! - date;
    if (after > 1 || (after === 1 && weekOf(frame, date) !== weekOf(frame, date + 1))) ofDraft[index] = -1;
    else if (after === 1) mixed = true;
  }
  for (let node = 1; node < first.length; node++) if (first[node]! < Infinity && first[node] === first[node - 1]) mixed = true;
  cut.left = leftOut(marks, ofDraft);
  return { first, mixed };
}

function nodesOf(frame: Frame, drafts: readonly Draft[], { cuts, ofDraft, left }: Cut, joint?: JointDates): Nodes {
  const count = cuts.length;
  const day: Nodes['day'] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  const weekEnd: Nodes['weekEnd'] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  const week: Nodes['week'] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  for (let clock = 0; clock < 3; clock++) {
    const known = clock === 2 && joint !== undefined ? datesGiven(joint.first) : datesOf(drafts, ofDraft, clock as 0 | 1 | 2);
    fillDays(frame, known, cuts, day[clock]!);
    fillWeekEnds(frame, day[clock]!, weekEnd[clock]!);
    day[clock]!.forEach((date, node) => {
      const number = weekOf(frame, date);
      week[clock]![node] = number < 1 || number > frame.weekCount ? 0 : number;
    });
  }
  const midnight = joint === undefined ? undefined : Int32Array.from(cuts, (cut) => midnightAfter(frame, cut));
  return {
    count,
    ofDraft,
    day,
    weekEnd,
    week,
    partial: left > 0,
    byDate: left > 0 ? placedByDate(drafts, ofDraft, day) : ofDraft,
    midnight,
    mixed: joint?.mixed ?? false,
  };
}

/** Gives drafts without a node the one with their date on their owner's clock; undefined where one has none. */
function placedByDate(drafts: readonly Draft[], ofDraft: Int32Array, day: Nodes['day']): Int32Array | undefined {
  const byDate = ofDraft.slice();
  for (let index = 0; index < byDate.length; index++) {
    if (byDate[index]! >= 0) continue;
    const clock = (drafts[index]!.persons - 1) as 0 | 1 | 2;
    byDate[index] = day[clock].indexOf(drafts[index]!.days[clock]);
    if (byDate[index]! < 0) return undefined;
  }
  return byDate;
}

/** The first minute after another one at which the horizon's clock comes to a new date. */
function midnightAfter(frame: Frame, minute: number): number {
  return midnightOf(frame, localTime(frame, frame.zone, minute).day + 1);
}

/** Relative minutes at which nodes start; the first is at or before 0. */
function cutsAt(frame: Frame, zone: string, hour: number): number[] {
  const cuts: number[] = [];
  for (let day = -2; day <= frame.dayCount + 1; day++) {
    const cut = instantOf(zone, frame.firstDay + day, hour * 60) - frame.origin;
    if (cut <= 0) cuts[0] = cut;
    else if (cut < frame.minutes) cuts.push(cut);
  }
  return cuts;
}

/** What cutting asks of drafts, hour after hour: columns by draft. */
interface Marks {
  starts: Int32Array;
  ends: Int32Array;
  /** Candidates. */
  counts: Int32Array;
  /** Per clock: dates, and 1 where the draft is on it. */
  days: [Int32Array, Int32Array, Int32Array];
  touches: [Uint8Array, Uint8Array, Uint8Array];
}

function marksOf(drafts: readonly Draft[]): Marks {
  const size = drafts.length;
  const marks: Marks = {
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    counts: new Int32Array(size),
    days: [new Int32Array(size), new Int32Array(size), new Int32Array(size)],
    touches: [new Uint8Array(size), new Uint8Array(size), new Uint8Array(size)],
  };
  for (let index = 0; index < size; index++) {
    const draft = drafts[index]!;
    marks.starts[index] = draft.start;
    marks.ends[index] = draft.end;
    marks.counts[index] = draft.therapists.length;
    for (const clock of [0, 1, 2] as const) {
      marks.days[clock][index] = draft.days[clock];
      marks.touches[clock][index] = touchesClock(draft, clock) ? 1 : 0;
    }
  }
  return marks;
}

/** Node of each draft; -1 for those that would split a date, cross a cut into others, or stand on two dates where they must not. */
function assign(frame: Frame, marks: Marks, cuts: readonly number[], use: ClockUse): Int32Array {
  const { starts, ends, days } = marks;
  const ofDraft = new Int32Array(starts.length);
  const firstStart = new Float64Array(cuts.length + 1).fill(Infinity);
  for (let index = 0; index < ofDraft.length; index++) {
    const node = nodeAt(cuts, starts[index]!);
    ofDraft[index] = node;
    firstStart[node] = Math.min(firstStart[node]!, starts[index]!);
  }
  for (const clock of use.clocks) keepMajority(marks, ofDraft, clock as 0 | 1 | 2, cuts.length, use.minuteDates);
  for (let index = 0; index < ofDraft.length; index++) {
    const node = ofDraft[index]!;
    if (node < 0) continue;
    const crosses = ends[index]! > firstStart[node + 1]!;
    const twoDates = use.minuteDates && localTime(frame, frame.zone, ends[index]! - 1).day !== days[2][index]!;
    if (crosses || twoDates) ofDraft[index] = -1;
  }
  return ofDraft;
}

/** One node per date and one date per node: the pair with the most candidates stays, the others are left out. */
function keepMajority(marks: Marks, ofDraft: Int32Array, clock: 0 | 1 | 2, nodes: number, minuteDates: boolean): void {
  const [days, touches] = [marks.days[clock], marks.touches[clock]];
  const all = clock === 2 && minuteDates;
  const concerned = (index: number): boolean => ofDraft[index]! >= 0 && (all || touches[index] === 1);
  let first = Infinity;
  let last = -Infinity;
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  if (first > last) return;
  /** Candidates by date x node, and the pairs that have any. */
  const counts = new Int32Array((last - first + 1) * nodes);
  const pairs: number[] = [];
  for (let index = 0; index < days.length; index++) {
    if (!concerned(index)) continue;
    const pair = (days[index]! - first) * nodes + ofDraft[index]!;
    if (counts[pair] === 0) pairs.push(pair);
    counts[pair]! += marks.counts[index]!;
  }
  const bestOfDay = new Map<number, number>();
  const bestOfNode = new Map<number, number>();
  for (const pair of pairs.sort((a, b) => counts[b]! - counts[a]! || a - b)) {
    const node = pair % nodes;
    const day = first + (pair - node) / nodes;
    if (!bestOfDay.has(day) && !bestOfNode.has(node)) {
      bestOfDay.set(day, node);
      bestOfNode.set(node, day);
    }
  }
  for (let index = 0; index < days.length; index++) {
    if (concerned(index) && bestOfDay.get(days[index]!) !== ofDraft[index]) ofDraft[index] = -1;
  }
}

function touchesClock(draft: Draft, clock: number): boolean {
  return clock === 2 ? draft.persons === 3 : (draft.persons & (1 << clock)) !== 0;
}

function nodeAt(cuts: readonly number[], minute: number): number {
  let node = Math.min(cuts.length - 1, Math.max(0, Math.floor((minute - cuts[0]!) / 1440)));
  while (node > 0 && cuts[node]! > minute) node--;
  while (node + 1 < cuts.length && cuts[node + 1]! <= minute) node++;
  return node;
}

/** The dates of nodes that have drafts on a clock. */
function datesOf(drafts: readonly Draft[], ofDraft: Int32Array, clock: 0 | 1 | 2): Map<number, number> {
  const known = new Map<number, number>();
  drafts.forEach((draft, index) => {
    if (ofDraft[index]! >= 0 && (clock === 2 || touchesClock(draft, clock))) known.set(ofDraft[index]!, draft.days[clock]);
  });
  return known;
}

/** Those of nodes for which one is given. */
function datesGiven(dates: Float64Array): Map<number, number> {
  return new Map([...dates.entries()].filter(([, date]) => date < Infinity));
}

/** Dates of nodes: those known; in between they follow on. */
function fillDays(frame: Frame, known: ReadonlyMap<number, number>, cuts: readonly number[], day: Int32Array): void {
  const anchor = known.entries().next().value as [number, number] | undefined;
  const shift = anchor === undefined ? localTime(frame, frame.zone, (cuts[0] ?? 0) + 720).day : anchor[1] - anchor[0];
  let previous = known.get(firstKnown(known)) ?? shift;
  previous -= firstKnown(known) + 1;
  for (let node = 0; node < day.length; node++) {
    previous = Math.max(previous + (known.has(node) ? 0 : 1), known.get(node) ?? -Infinity);
    day[node] = previous;
  }
}

function firstKnown(known: ReadonlyMap<number, number>): number {
  let first = Infinity;
  for (const node of known.keys()) first = Math.min(first, node);
  return first === Infinity ? 0 : first;
}

/** Each week of the horizon ends with the last node whose date lies in it or before. */
function fillWeekEnds(frame: Frame, day: Int32Array, weekEnd: Int32Array): void {
  let node = 0;
  for (let week = 1; week <= frame.weekCount; week++) {
    while (node + 1 < day.length && weekOf(frame, day[node + 1]!) <= week) node++;
    weekEnd[node] = week;
  }
}
