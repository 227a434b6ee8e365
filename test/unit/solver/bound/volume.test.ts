import { describe, expect, test } from 'vitest';
import { VolumeAscent } from '../../../../src/solver/bound/volume.ts';

/** One way of somebody to be served: what it costs, and how much of each limited thing it takes. */
interface Way {
  cost: number;
  use: readonly number[];
}

/** A bound by prices: everyone takes the cheapest way at the present prices, and what all things are worth is taken off. */
class Market {
  readonly price: Float64Array;
  readonly ascent: VolumeAscent;
  private readonly limit: Float64Array;

  constructor(
    private readonly people: readonly (readonly Way[])[],
    limit: readonly number[],
    most: readonly number[] = limit.map(() => Infinity),
  ) {
    this.limit = Float64Array.from(limit);
    this.price = new Float64Array(limit.length);
    this.ascent = new VolumeAscent(this.price, this.limit, Float64Array.from(most));
  }

  /** The bound at the present prices; then a step. */
  step(upper = Infinity): number {
    const { price, limit } = this;
    const use = new Float64Array(limit.length);
    const priced = ({ cost, use: taken }: Way): number => taken.reduce((sum, amount, row) => sum + amount * price[row]!, cost);
    let bound = 0;
    for (const ways of this.people) {
      const best = ways.reduce((least, way) => (priced(way) < priced(least) ? way : least));
      bound += priced(best);
      best.use.forEach((amount, row) => (use[row]! += amount));
    }
    price.forEach((each, row) => (bound -= each > 0 ? each * limit[row]! : 0));
    this.ascent.step(bound, use, upper);
    return bound;
  }

  /** Steps until nothing more is to be had; the bounds on the way. */
  climb(): number[] {
    const bounds: number[] = [];
    while (!this.ascent.converged && bounds.length < 500) bounds.push(this.step());
    expect(this.ascent.converged).toBe(true);
    return bounds;
  }
}

/** Costs of each person in each of some places, of which everyone takes one. */
const assignment = (costs: readonly (readonly number[])[]): Way[][] =>
  costs.map((row) => row.map((cost, place) => ({ cost, use: row.map((_, other) => (other === place ? 1 : 0)) })));

describe('prices rise to where they bound best', () => {
  test('two who want the same place', () => {
    // Elsewhere costs 4 or 7: min(p, 4) + min(p, 7) - p is p up to 4, then 4, and falls again from 7 on.
    const market = new Market(
      assignment([
        [0, 4],
        [0, 7],
      ]),
      [1, 2],
    );
    const bounds = market.climb();
    expect(bounds[0]).toBe(0);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(4);
    // Scores are integers, so that bounds are rounded up.
    expect(Math.ceil(market.ascent.bound)).toBe(4);
  });

  test('three who want the same of three places', () => {
    // The first goes to the second place and another to the third, the dearest for all: 4 + 9. Assignments have no gap to their bound.
    const market = new Market(
      assignment([
        [0, 4, 9],
        [0, 5, 9],
        [0, 6, 9],
      ]),
      [1, 1, 1],
    );
    expect(Math.max(...market.climb())).toBeLessThanOrEqual(13);
    expect(Math.ceil(market.ascent.bound)).toBe(13);
  });

  test('and are not needed where there is enough', () => {
    const market = new Market(assignment([[3], [2]]), [2]);
    expect(market.climb()).toEqual([5]);
    expect([market.ascent.bound, market.price[0]]).toEqual([5, 0]);
  });

  test('each stays between 0 and its highest', () => {
    const market = new Market(
      assignment([
        [0, 4],
        [0, 7],
      ]),
      [1, 5],
      [3, Infinity],
    );
    while (!market.ascent.converged) {
      market.step();
      expect(market.price[0]).toBeLessThanOrEqual(3);
      // Nobody needs the second place's five seats.
      expect(market.price[1]).toBe(0);
    }
    // At 3 both stay: 3 + 3 - 3.
    expect(market.ascent.bound).toBe(3);
  });

  test('stays 0 where there is no limit', () => {
    const market = new Market(assignment([[1], [1], [1]]), [Infinity]);
    expect(market.climb()).toEqual([3]);
    expect(market.price[0]).toBe(0);
  });
});

describe('the best bound', () => {
  const ascent = (price = Float64Array.of(0)) => new VolumeAscent(price, Float64Array.of(1), Float64Array.of(Infinity));

  test('is kept when a step led too far, and the next one sets out from its prices', () => {
    const price = Float64Array.of(0);
    const walk = ascent(price);
    walk.step(10, Float64Array.of(3), Infinity);
    const far = price[0]!;
    expect(far).toBeGreaterThan(0);
    walk.step(-50, Float64Array.of(0), Infinity);
    expect(walk.bound).toBe(10);
    // What was used in all is still above the limit, but less than at first: a shorter way in the same direction.
    expect(price[0]).toBeGreaterThan(0);
    expect(price[0]).not.toBe(far);
  });

  test('is sought no further once a step is shorter than helps', () => {
    const walk = ascent();
    let steps = 0;
    for (walk.step(10, Float64Array.of(3), Infinity); !walk.converged && steps < 100; steps++) walk.step(9, Float64Array.of(3), Infinity);
    // Steps are halved after every second one that brings nothing, from a half to less than a thousandth: nine times.
    expect(steps).toBe(18);
  });

  test('has nowhere to go where a plan costs no more', () => {
    const price = Float64Array.of(0);
    ascent(price).step(10, Float64Array.of(3), 10);
    expect(price[0]).toBe(0);
  });
});
