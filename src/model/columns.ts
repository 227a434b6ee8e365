import type { Draft } from './candidates.ts';
import type { Candidates } from './problem.ts';

/**
 * Drafts as columns, a row for each therapist of each draft, sorted by node, item, therapist, meeting, start; drafts without a node are
 * left out.
 * @param slotCosts per draft.
 */
export function candidateColumns(
  drafts: readonly Draft[],
  slotCosts: Int32Array,
  ofDraft: Int32Array,
  nodeCount: number,
): { candidates: Candidates; nodeStart: Int32Array } {
  const order = byNode(ofDraft, nodeCount);
  order.sort((a, b) => ofDraft[a]! - ofDraft[b]! || compareTimes(drafts[a]!, drafts[b]!));
  const rows = sortedRows(drafts, ofDraft, order);
  const times = timeColumns(drafts, slotCosts, ofDraft);
  const candidates = emptyColumns(rows.draft.length);
  candidates.therapist = rows.therapist;
  for (const key of SAME) gather(candidates[key], times[key], rows.draft);
  for (const clock of [0, 1, 2] as const) gather(candidates.days[clock], times.days[clock], rows.draft);
  const nodeStart = new Int32Array(nodeCount + 1);
  for (let row = 0; row < candidates.count; row++) nodeStart[candidates.node[row]! + 1] = row + 1;
  for (let node = 1; node <= nodeCount; node++) nodeStart[node] = Math.max(nodeStart[node]!, nodeStart[node - 1]!);
  return { candidates, nodeStart };
}

/** Columns that are the same for all therapists of a draft. */
const SAME = [
  'start',
  'end',
  'item',
  'role',
  'node',
  'meeting',
  'persons',
  'present',
  'counts',
  'cost',
  'slotCost',
  'slot',
  'week',
  'options',
  'forced',
  'pairable',
  'apart',
  'booking',
] as const;

function gather(into: Candidates[(typeof SAME)[number]], from: Candidates[(typeof SAME)[number]], rows: Int32Array): void {
  for (let row = 0; row < rows.length; row++) into[row] = from[rows[row]!]!;
}

/** Drafts that have a node, by node and as they were: nearly sorted, since they come by role and time, so that a sort is soon done. */
function byNode(ofDraft: Int32Array, nodeCount: number): number[] {
  const nodes = Array.from({ length: nodeCount }, (): number[] => []);
  for (let index = 0; index < ofDraft.length; index++) if (ofDraft[index]! >= 0) nodes[ofDraft[index]!]!.push(index);
  return nodes.flat();
}

/** The order of drafts of one node, but for the therapists, who come before meeting and start. */
function compareTimes(a: Draft, b: Draft): number {
  return a.item - b.item || a.meeting - b.meeting || a.start - b.start || b.forced - a.forced;
}

/** Draft and therapist of each row. Drafts of one node and item, which follow each other in `order`, are dealt out to their therapists. */
function sortedRows(drafts: readonly Draft[], ofDraft: Int32Array, order: readonly number[]): { draft: Int32Array; therapist: Int32Array } {
  const all = new Set<number>();
  let size = 0;
  for (const index of order) {
    for (const each of drafts[index]!.therapists) all.add(each);
    size += drafts[index]!.therapists.length;
  }
  const rankOf = new Map([...all].sort((a, b) => a - b).map((each, rank) => [each, rank]));
  const draft = new Int32Array(size);
  const therapist = new Int32Array(size);
  /** Next row of each therapist, by rank. */
  const next = new Int32Array(all.size);
  let row = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    const first = order[from]!;
    while (to < order.length && ofDraft[order[to]!] === ofDraft[first] && drafts[order[to]!]!.item === drafts[first]!.item) to++;
    next.fill(0);
    for (let at = from; at < to; at++) for (const each of drafts[order[at]!]!.therapists) next[rankOf.get(each)!]!++;
    for (let rank = 0; rank < next.length; rank++) {
      row += next[rank]!;
      next[rank] = row - next[rank]!;
    }
    for (let at = from; at < to; at++) {
      for (const each of drafts[order[at]!]!.therapists) {
        const place = next[rankOf.get(each)!]!++;
        draft[place] = order[at]!;
        therapist[place] = each;
      }
    }
  }
  return { draft, therapist };
}

/** A row for each draft, whoever holds it; written out, since a loop over the names of columns takes several times as long. */
function timeColumns(drafts: readonly Draft[], slotCosts: Int32Array, ofDraft: Int32Array): Candidates {
  const times = emptyColumns(drafts.length);
  times.node.set(ofDraft);
  times.slotCost.set(slotCosts);
  for (let index = 0; index < drafts.length; index++) {
    const draft = drafts[index]!;
    times.start[index] = draft.start;
    times.end[index] = draft.end;
    times.item[index] = draft.item;
    times.role[index] = draft.role;
    times.meeting[index] = draft.meeting;
    times.persons[index] = draft.persons;
    times.present[index] = draft.present;
    times.counts[index] = draft.counts;
    times.cost[index] = draft.cost;
    times.slot[index] = draft.slot;
    times.week[index] = draft.week;
    times.days[0][index] = draft.days[0];
    times.days[1][index] = draft.days[1];
    times.days[2][index] = draft.days[2];
    times.options[index] = draft.options;
    times.forced[index] = draft.forced;
    times.pairable[index] = draft.pairable;
    times.apart[index] = draft.apart;
    times.booking[index] = draft.booking;
  }
  return times;
}

function emptyColumns(count: number): Candidates {
  return {
    count,
    start: new Int32Array(count),
    end: new Int32Array(count),
    item: new Int16Array(count),
    role: new Int16Array(count),
    node: new Int32Array(count),
    therapist: new Int32Array(count),
    meeting: new Int32Array(count),
    persons: new Uint8Array(count),
    present: new Uint8Array(count),
    counts: new Uint8Array(count),
    cost: new Int32Array(count),
    slotCost: new Int32Array(count),
    slot: new Int32Array(count),
    week: new Int16Array(count),
    days: [new Int32Array(count), new Int32Array(count), new Int32Array(count)],
    options: new Int32Array(count),
    forced: new Uint8Array(count),
    pairable: new Uint8Array(count),
    apart: new Uint8Array(count),
    booking: new Int32Array(count),
  };
}
