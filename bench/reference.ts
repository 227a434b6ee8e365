/** Entries of the table that the workload walks; as 32-bit integers it is larger than most first-level caches. */
const CELLS = 1 << 16;
const STEPS = 3_000_000;
const KEYS = 150_000;

/** What `referenceWork` answers on every machine; anything else means that its arithmetic was not done as written. */
export const REFERENCE_CHECKSUM = -510_111_319;

/**
 * A fixed piece of work of the kinds that the search does: dependent reads and writes in a typed array, a branch that cannot be
 * foreseen, and short-lived objects in a Map. Knows nothing of the library, so its time says how fast the machine is just now.
 */
export function referenceWork(): number {
  const cells = new Int32Array(CELLS);
  let state = 88_172_645;
  let sum = 0;
  for (let step = 0; step < STEPS; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const cell = (state ^ sum) & (CELLS - 1);
    const value = cells[cell] ?? 0;
    sum = (state & 3) === 0 ? (sum + value) | 0 : (sum ^ (value + step)) | 0;
    cells[cell] = sum;
  }
  const held = new Map<number, { count: number; sum: number }>();
  for (let key = 0; key < KEYS; key++) {
    const bucket = Math.imul(key, 2_654_435_761) >>> 15;
    const before = held.get(bucket);
    held.set(bucket, { count: (before?.count ?? 0) + 1, sum: ((before?.sum ?? 0) + key) | 0 });
  }
  for (const { count, sum: part } of held.values()) sum = (Math.imul(sum, 31) + part + count) | 0;
  return sum;
}

/** Milliseconds that the reference work takes now. Throws where it went wrong. */
export function timeReference(): number {
  const begun = performance.now();
  const checksum = referenceWork();
  const elapsed = performance.now() - begun;
  if (checksum !== REFERENCE_CHECKSUM) throw new Error(`the reference work answered ${checksum}, not ${REFERENCE_CHECKSUM}`);
  return elapsed;
}
