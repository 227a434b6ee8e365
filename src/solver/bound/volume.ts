/** Share of the newest use in the mean, at most; at least a tenth of it. */
const SHARE = 0.4;
/** How steps grow where the newest use points the way that was taken, and where it does not but the bound is better. */
const LONGER = 2;
const A_LITTLE_LONGER = 1.02;
/** After so many steps without a better bound they get shorter; below the shortest nothing more is to be had. */
const PATIENCE = 2;
const SHORTER = 0.5;
const SHORTEST = 0.001;
/** How far above the bound the target lies, as a share of the bound and at least. */
const AIM = 0.01;
const LEAST_AIM = 1;
const EPSILON = 1e-7;

/**
 * Prices of limited things that make a Lagrangian bound high, by the volume algorithm (Barahona and Anbil, "The volume algorithm:
 * producing primal solutions with a subgradient method", 2000): steps set out from the best prices along a mean of what was used above
 * the limits.
 */
export class VolumeAscent {
  /** The best bound so far. */
  bound = -Infinity;
  /** Whether nothing more is to be had. */
  converged = false;
  /** The prices that it is had at. */
  readonly best: Float64Array;
  /** A mean of what was used of each thing. */
  readonly mean: Float64Array;
  private stretch = 0.5;
  private target = -Infinity;
  private idle = 0;
  /** The things that were ever used, had a price or have less than none left: the others stay without a price, and out of all sums. */
  private readonly active: number[] = [];
  private readonly isActive: Uint8Array;

  /**
   * @param price what a unit of each thing costs: at least 0; `step` changes it
   * @param limit how much there is of each; `Infinity` where it needs no price
   * @param most highest price of each
   */
  constructor(
    private readonly price: Float64Array,
    private readonly limit: Float64Array,
    private readonly most: Float64Array,
  ) {
    this.best = new Float64Array(price.length);
    this.mean = new Float64Array(price.length);
    this.isActive = new Uint8Array(price.length);
    for (let row = 0; row < price.length; row++) if (price[row] !== 0 || limit[row]! < 0) this.activate(row);
  }

  /**
   * Takes note of the bound at the present prices and of what is used of each thing there; then changes the prices.
   * @param upper no bound is above it
   * @return the share of this use in the mean
   */
  step(bound: number, use: Float64Array, upper: number): number {
    for (let row = 0; row < use.length; row++) if (use[row] !== 0 && this.isActive[row] === 0) this.activate(row);
    const { share, agrees } = this.average(use);
    if (bound > this.bound + EPSILON) {
      if (this.bound > -Infinity) this.stretch *= agrees ? LONGER : A_LITTLE_LONGER;
      this.bound = bound;
      this.best.set(this.price);
      this.idle = 0;
    } else if (++this.idle % PATIENCE === 0) this.stretch *= SHORTER;
    let length = 0;
    for (const row of this.active) length += this.excess(row, this.mean) ** 2;
    if (length < EPSILON || this.stretch < SHORTEST) {
      this.converged = true;
      return share;
    }
    const aim = Math.abs(this.bound) * AIM + LEAST_AIM;
    while (this.bound > this.target - LEAST_AIM / 2) this.target = Math.max(this.target, this.bound) + aim;
    this.move((this.stretch * (Math.min(this.target, upper) - this.bound)) / length);
    return share;
  }

  /** Takes a use into the mean, as much as makes its excess shortest; whether the two point the same way. */
  private average(use: Float64Array): { share: number; agrees: boolean } {
    const { mean, active } = this;
    if (this.bound === -Infinity) {
      mean.set(use);
      return { share: 1, agrees: true };
    }
    let [newest, both, before] = [0, 0, 0];
    for (const row of active) {
      const [a, b] = [this.excess(row, use), this.excess(row, mean)];
      newest += a * a;
      both += a * b;
      before += b * b;
    }
    const apart = newest - 2 * both + before;
    const share = apart <= 0 ? SHARE : Math.min(SHARE, Math.max(SHARE / 10, (before - both) / apart));
    for (const row of active) mean[row] = share * use[row]! + (1 - share) * mean[row]!;
    return { share, agrees: both >= 0 };
  }

  /** What is used above a limit; nothing where the best price cannot follow. */
  private excess(row: number, use: Float64Array): number {
    if (this.limit[row] === Infinity) return 0;
    const over = use[row]! - this.limit[row]!;
    return this.best[row] === (over < 0 ? 0 : this.most[row]!) ? 0 : over;
  }

  private move(size: number): void {
    const { price, best, mean, limit, most, active } = this;
    for (const row of active) {
      price[row] = limit[row] === Infinity ? 0 : Math.min(most[row]!, Math.max(0, best[row]! + size * (mean[row]! - limit[row]!)));
    }
  }

  private activate(row: number): void {
    this.isActive[row] = 1;
    this.active.push(row);
  }
}
