import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
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
    start: readonly number[] = limit.map(() => 0),
  ) {
    this.limit = Float64Array.from(limit);
    this.price = Float64Array.from(start);
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

describe('a thing that nobody uses', () => {
  /** Three to six people with two to four ways each, which take up to three of some things, or give one. */
  function crowd(random: Random) {
    const limit = Array.from({ length: random.between(3, 6) }, () => random.pick([1, 1, 2, 3, Infinity]));
    const most = limit.map(() => random.pick([Infinity, Infinity, 2]));
    const way = (): Way => ({ cost: random.below(20), use: limit.map(() => (random.chance(0.5) ? 0 : random.between(-1, 3))) });
    const people = Array.from({ length: random.between(3, 6) }, () => Array.from({ length: random.between(2, 4) }, way));
    return { people, limit, most };
  }

  test('has no price, and changes nothing', () => {
    const random = new Random(7);
    let priced = 0;
    for (let round = 0; round < 60; round++) {
      const { people, limit, most } = crowd(random);
      // Things that are used, by their places among others.
      const places = limit.map((_, row) => 2 * row + random.below(2));
      const spread = (values: readonly number[], fill: () => number): number[] => {
        const all = Array.from({ length: 2 * values.length }, fill);
        values.forEach((value, row) => (all[places[row]!] = value));
        return all;
      };
      const alone = new Market(people, limit, most);
      const among = new Market(
        people.map((ways) => ways.map(({ cost, use }) => ({ cost, use: spread(use, () => 0) }))),
        spread(limit, () => random.pick([0, 1, 4, Infinity])),
        spread(most, () => random.pick([0, 3, Infinity])),
      );
      for (let step = 0; step < 60 && !alone.ascent.converged; step++) {
        expect(among.step()).toBe(alone.step());
        expect([...among.price]).toEqual(spread([...alone.price], () => 0));
      }
      expect(among.ascent.converged).toBe(alone.ascent.converged);
      expect([...among.ascent.best]).toEqual(spread([...alone.ascent.best], () => 0));
      expect([...among.ascent.mean]).toEqual(spread([...alone.ascent.mean], () => 0));
      if (alone.price.some((price) => price > 0)) priced++;
    }
    expect(priced).toBeGreaterThan(30);
  });

  test('yet, is as if next to nothing of it had been used from the start', () => {
    const random = new Random(8);
    let late = 0;
    for (let round = 0; round < 100; round++) {
      const { people, limit, most } = crowd(random);
      const last = limit.length - 1;
      limit[last] = random.between(1, 2);
      // Everyone's first way is the cheapest without prices, and does without the last thing.
      for (const ways of people)
        ways.sort((a, b) => a.cost - b.cost)[0] = { cost: -1, use: ways[0]!.use.map((each, row) => (row === last ? 0 : each)) };
      const never = new Market(people, limit, most);
      // So little that no sum tells.
      const always = new Market(
        people.map((ways) =>
          ways.map(({ cost, use }) => ({ cost, use: use.map((each, row) => (row === last && each === 0 ? 1e-300 : each)) })),
        ),
        limit,
        most,
      );
      let dearest = 0;
      for (let step = 0; step < 60 && !never.ascent.converged; step++) {
        expect(never.step()).toBe(always.step());
        expect([...never.price]).toEqual([...always.price]);
        dearest = Math.max(dearest, never.price[last]!);
      }
      if (dearest > 0) late++;
    }
    expect(late).toBeGreaterThan(10);
  });

  test('yet, gets a price with the first use, by its share in the mean', () => {
    const price = Float64Array.of(0, 0);
    const walk = new VolumeAscent(price, Float64Array.of(1, 0), Float64Array.of(Infinity, Infinity));
    walk.step(10, Float64Array.of(3, 0), Infinity);
    expect(price[1]).toBe(0);
    walk.step(9, Float64Array.of(0, 2), Infinity);
    // Two fifths of the newest use: 1.8 of the first, 0.8 above its limit, and 0.8 of the second, of which there is none. The bound is to
    // rise by 1.1, and steps are half of that by the squares of both.
    expect(price[0]).toBeCloseTo((0.8 * 0.5 * 1.1) / (2 * 0.8 ** 2), 12);
    expect(price[1]).toBeCloseTo(price[0]!, 12);
  });

  test('gets a price where there is less than none of it, until somebody makes up for that', () => {
    // One is to be given, which costs 5: min(0, 5 - p) + p is p up to 5, and 5 from there on.
    const market = new Market(
      [
        [
          { cost: 0, use: [0] },
          { cost: 5, use: [-1] },
        ],
      ],
      [-1],
    );
    const bounds = market.climb();
    expect(bounds[0]).toBe(0);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(5);
    expect(Math.ceil(market.ascent.bound)).toBe(5);
  });

  test('loses the price that it had', () => {
    // Two of it at 3 are worth 6 too much.
    const market = new Market([[{ cost: 4, use: [0] }]], [2], [Infinity], [3]);
    const bounds = market.climb();
    expect(bounds[0]).toBe(4 - 2 * 3);
    expect(market.ascent.bound).toBe(4);
    expect(market.ascent.best[0]).toBe(0);
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
