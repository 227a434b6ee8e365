/** The middle of the values, or the mean of the two in the middle; `undefined` where there are none. Does not sort in place. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Share of the values for which it holds, from 0 to 1; `undefined` where there are none. */
export function share<T>(values: readonly T[], holds: (value: T) => boolean): number | undefined {
  return values.length === 0 ? undefined : values.filter(holds).length / values.length;
}

/** Milliseconds to three figures, seconds from 10 s on; `-` for nothing. */
export function duration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '-';
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3)} ms`;
}

/** One decimal, but never `100.0 %` for less than all nor `0.0 %` for more than none; `-` for nothing. */
export function percent(part: number | undefined): string {
  if (part === undefined) return '-';
  const tenths = Math.round(part * 1000);
  const honest = part < 1 && tenths === 1000 ? 999 : part > 0 && tenths === 0 ? 1 : tenths;
  return `${(honest / 10).toFixed(1)} %`;
}

/** A plain number with so many decimals; `-` for nothing. */
export function decimal(value: number | undefined, places = 0): string {
  return value === undefined ? '-' : value.toFixed(places);
}
