import type { Candidates } from '../model/problem.ts';

/** The columns of some rows alone. */
export function pickColumns(from: Candidates, rows: readonly number[]): Candidates {
  const ints = (column: Int32Array): Int32Array => Int32Array.from(rows, (row) => column[row]!);
  const shorts = (column: Int16Array): Int16Array => Int16Array.from(rows, (row) => column[row]!);
  const bytes = (column: Uint8Array): Uint8Array => Uint8Array.from(rows, (row) => column[row]!);
  return {
    count: rows.length,
    start: ints(from.start),
    end: ints(from.end),
    item: shorts(from.item),
    role: shorts(from.role),
    node: ints(from.node),
    therapist: ints(from.therapist),
    meeting: ints(from.meeting),
    persons: bytes(from.persons),
    present: bytes(from.present),
    counts: bytes(from.counts),
    cost: ints(from.cost),
    slotCost: ints(from.slotCost),
    slot: ints(from.slot),
    week: shorts(from.week),
    days: [ints(from.days[0]), ints(from.days[1]), ints(from.days[2])],
    options: ints(from.options),
    forced: bytes(from.forced),
    pairable: bytes(from.pairable),
    apart: bytes(from.apart),
    booking: ints(from.booking),
  };
}
