/** Told of a row of the capacities and how much of it is used. */
export type AddUse = (row: number, amount: number) => void;

/** Adds to the entries of a vector. */
export function adderTo(into: Float64Array): AddUse {
  return (row, amount) => (into[row]! += amount);
}
