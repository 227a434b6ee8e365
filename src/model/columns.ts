import type { Draft } from './candidates.ts';
import type { Candidates } from './problem.ts';

/** Drafts as columns, sorted by node, item, therapist, meeting, start; drafts without a node are left out. */
export function candidateColumns(
  drafts: readonly Draft[],
  ofDraft: Int32Array,
  nodeCount: number,
): { candidates: Candidates; nodeStart: Int32Array } {
  const order = drafts.map((_, index) => index).filter((index) => ofDraft[index]! >= 0);
  order.sort((a, b) => ofDraft[a]! - ofDraft[b]! || compareDrafts(drafts[a]!, drafts[b]!));
  const candidates = emptyColumns(order.length);
  const nodeStart = new Int32Array(nodeCount + 1);
  order.forEach((index, row) => {
    const draft = drafts[index]!;
    for (const key of PLAIN) candidates[key][row] = draft[key];
    for (const clock of [0, 1, 2] as const) candidates.days[clock][row] = draft.days[clock];
    candidates.node[row] = ofDraft[index]!;
    nodeStart[ofDraft[index]! + 1] = row + 1;
  });
  for (let node = 1; node <= nodeCount; node++) nodeStart[node] = Math.max(nodeStart[node]!, nodeStart[node - 1]!);
  return { candidates, nodeStart };
}

/** Columns that a draft fills as they are. */
const PLAIN = [
  'start',
  'end',
  'item',
  'role',
  'therapist',
  'meeting',
  'persons',
  'present',
  'counts',
  'cost',
  'slot',
  'week',
  'options',
  'forced',
  'pairable',
  'apart',
  'booking',
] as const;

function compareDrafts(a: Draft, b: Draft): number {
  return a.item - b.item || a.therapist - b.therapist || a.meeting - b.meeting || a.start - b.start || b.forced - a.forced;
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
