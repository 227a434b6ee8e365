import type { Household } from '../../model/problem.ts';

/** A row, and that of the partner in the same meeting, -1 where there is none. */
export type PartnerRow = readonly [row: number, partner: number];

/** The rows of meetings that one partner may attend only if the other does. */
export function partnerRows({ candidates, pairing }: Household): readonly PartnerRow[] {
  if (pairing !== 'always') return NONE;
  const { count, meeting, pairable, persons } = candidates;
  const rows = new Map<number, number>();
  for (let row = 0; row < count; row++) if (meeting[row]! >= 0) rows.set(4 * meeting[row]! + persons[row]!, row);
  const shared: PartnerRow[] = [];
  for (let row = 0; row < count; row++)
    if (pairable[row] !== 0) shared.push([row, rows.get(4 * meeting[row]! + (3 - persons[row]!)) ?? -1]);
  return shared;
}

/** Extras without the rows whose partner's is not there: neither forced nor `isOpen`. */
export function withPartners(
  { candidates }: Household,
  shared: readonly PartnerRow[],
  extra: Float64Array,
  isOpen: (row: number) => boolean,
): Float64Array {
  const result = Float64Array.from(extra);
  for (const [row, partner] of shared) if (partner < 0 || (candidates.forced[partner] === 0 && !isOpen(partner))) result[row] = Infinity;
  return result;
}

const NONE: readonly PartnerRow[] = [];
