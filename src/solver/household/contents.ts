import type { Household, Problem, Spans } from '../../model/problem.ts';
import { isLate } from './dates.ts';
import type { Domain } from './domain.ts';
import type { Marks } from './marks.ts';

/** Minutes of a date, and of the dates around it in which sessions of it may lie. */
const DATE = 1440;
const AROUND = [-DATE, 2 * DATE] as const;

/** All that the patterns of a node depend on, as numbers. Two nodes of equal contents have the same patterns, but for the week. */
export class Contents {
  /** What rows are told apart by but for the week, and nodes, as numbers. */
  private readonly kinds = new Map<string, number>();
  private readonly rowKinds: Int32Array;
  private readonly nodeKinds: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
  ) {
    this.nodeKinds = new Int32Array(household.nodeCount);
    this.rowKinds = new Int32Array(household.candidates.count);
    for (let node = 0; node < household.nodeCount; node++) this.addNode(node);
  }

  /** The contents of a node with some rows. */
  of({ cost, free, lesser }: Domain, marks: Marks, node: number, rows: readonly number[]): Float64Array {
    const contents = new Float64Array(2 * rows.length + 1);
    contents[0] = this.nodeKinds[node]! * 8 + (marks.roles.length > 0 ? 4 : 0) + (free ? 2 : 0) + (lesser ? 1 : 0);
    for (let at = 0; at < rows.length; at++) {
      contents[2 * at + 1] = this.rowKinds[rows[at]!]!;
      contents[2 * at + 2] = cost[rows[at]!]!;
    }
    return contents;
  }

  private addNode(node: number): void {
    const { candidates, nodeDay, nodeStart } = this.household;
    const base = nodeDay[2][node]! * DATE;
    this.nodeKinds[node] = this.numberOf(this.nodeText(node, base));
    const meetings = new Map<string, number[]>();
    for (let row = nodeStart[node]!; row < nodeStart[node + 1]!; row++) {
      this.rowKinds[row] = this.numberOf(`${this.rowText(row, base)},${this.meetingText(candidates.meeting[row]!, base, meetings)}`);
    }
  }

  private nodeText(node: number, base: number): string {
    const { persons, nodeWeek, nodeDay, oneRoom, childcare, coLocated, covered } = this.household;
    const parts: (number | string)[] = [];
    persons.forEach(({ hours, authorizations }, person) => {
      const week = nodeWeek[person as 0 | 1][node]!;
      const day = nodeDay[person as 0 | 1][node]!;
      parts.push(authorizations.map((grant) => (day >= grant.from && day <= grant.to ? 1 : 0)).join(''));
      parts.push(hours.dailyMax[week]!, hours.serviceMinutes[week]!, hours.lesserForbidden[week]!);
    });
    if (oneRoom || childcare) parts.push(clip(coLocated, base), clip(covered, base));
    return parts.join(';');
  }

  private rowText(row: number, base: number): string {
    const { start, end, item, role, therapist, week, persons, present, counts, apart, pairable, forced } = this.household.candidates;
    const flags = [persons, present, counts, apart, pairable, forced].map((each) => each[row]!).join('');
    const most = item[row]! < 0 ? '' : this.household.items[item[row]!]!.blockMax[week[row]!]!;
    const late = isLate(this.household, row) ? 'late,' : '';
    return `${late}${start[row]! - base},${end[row]! - start[row]!},${item[row]!},${role[row]!},${therapist[row]!},${most},${flags}`;
  }

  /** A meeting by its group and time, and its place among the node's meetings of that group and time. */
  private meetingText(meeting: number, base: number, meetings: Map<string, number[]>): string {
    if (meeting < 0) return '';
    const { group, start, sure } = this.problem.meetings[meeting]!;
    const text = `${group},${start - base},${sure.join('+')}`;
    const same = meetings.get(text) ?? [];
    meetings.set(text, same);
    const place = same.indexOf(meeting);
    return `${text},${place >= 0 ? place : same.push(meeting) - 1}`;
  }

  private numberOf(text: string): number {
    const number = this.kinds.get(text) ?? this.kinds.size;
    this.kinds.set(text, number);
    return number;
  }
}

/** The part of the spans near a date, in minutes from its start. */
function clip(spans: Spans, base: number): string {
  const [from, to] = [base + AROUND[0], base + AROUND[1]];
  const parts: number[] = [];
  for (let index = 0; index < spans.length; index += 2) {
    if (spans[index]! < to && spans[index + 1]! > from)
      parts.push(Math.max(from, spans[index]!) - base, Math.min(to, spans[index + 1]!) - base);
  }
  return parts.join();
}

/** A map from contents to values. */
export class ByContents<T> {
  private readonly known = new Map<number, { contents: Float64Array; value: T }[]>();
  private readonly words = new Float64Array(1);
  private readonly halves = new Int32Array(this.words.buffer);

  get(contents: Float64Array): T | undefined {
    return this.known.get(this.hash(contents))?.find((each) => isSame(each.contents, contents))?.value;
  }

  set(contents: Float64Array, value: T): void {
    const hash = this.hash(contents);
    const same = this.known.get(hash);
    if (same === undefined) this.known.set(hash, [{ contents, value }]);
    else same.push({ contents, value });
  }

  clear(): void {
    this.known.clear();
  }

  /** FNV-1a over the halves of the numbers (Fowler, Noll, Vo). */
  private hash(contents: Float64Array): number {
    let hash = 0x811c9dc5;
    for (let at = 0; at < contents.length; at++) {
      this.words[0] = contents[at]!;
      hash = Math.imul(hash ^ this.halves[0]!, 0x01000193);
      hash = Math.imul(hash ^ this.halves[1]!, 0x01000193);
    }
    return hash;
  }
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
