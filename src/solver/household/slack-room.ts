import type { HalfKind } from './halves.ts';
import type { LooseSide } from './sides.ts';

/** How much more than its bound a plan may cost, and by how much each entry of a partner's loose side makes it cost more. */
export interface Slack {
  slack: number;
  reduced: readonly Float64Array[];
}

/** What halves (per partner and choice of how many sessions) and patterns (per two of these) with some joint sessions must cost less than. */
export interface CostRoom {
  /** Begins with joint sessions that cost so much, forced ones included; false where no pattern has them. */
  enter(cost: number): boolean;
  ofHalf(person: number, wanted: number): number;
  /** Notes a partner's halves, which leave less to the next one; false where no pattern has them. */
  note(person: number, kinds: readonly HalfKind[]): boolean;
  ofPattern(a: number, b: number): number;
}

export const ALL: CostRoom = { enter: () => true, ofHalf: () => Infinity, note: () => true, ofPattern: () => Infinity };

/**
 * Room for the patterns of plans within a slack. A pattern costs more than the bounds by what its joint sessions and each of its halves
 * cost more than the least, and its plan by the reduced costs of its sides: all of these together stay below the slack.
 */
export class SlackRoom implements CostRoom {
  private readonly from: readonly number[];
  /** Per partner: least of the reduced costs. */
  private readonly least: readonly number[];
  /** Least cost of joint and forced sessions. */
  private readonly joint: number;
  /** What the joint sessions, and the halves of the first partner, leave. */
  private left = 0;

  /**
   * @param widths per partner: choices of how many sessions
   * @param place of the choice of how many joint sessions
   */
  constructor(
    private readonly slack: Slack,
    private readonly sides: readonly LooseSide[],
    widths: readonly number[],
    place: number,
  ) {
    this.from = widths.map((width) => place * width);
    this.least = widths.map((width, person) =>
      slack.reduced[person]!.subarray(place * width, (place + 1) * width).reduce((least, each) => Math.min(least, each), Infinity),
    );
    this.joint = leastJoint(sides[sides.length - 1]!, this.from[sides.length - 1]!, widths[sides.length - 1]!);
  }

  enter(cost: number): boolean {
    this.left = this.slack.slack - (this.joint === Infinity ? 0 : cost - this.joint);
    return this.left - this.least.reduce((sum, each) => sum + each, 0) > 0;
  }

  ofHalf(person: number, wanted: number): number {
    const entry = this.from[person]! + wanted;
    const partner = person === 0 ? (this.least[1] ?? 0) : 0;
    const over = this.left - this.slack.reduced[person]![entry]! - partner;
    return over > 0 ? this.sides[person]!.half[entry]! + over : -Infinity;
  }

  note(person: number, kinds: readonly HalfKind[]): boolean {
    if (person > 0) return kinds.length > 0;
    let least = Infinity;
    for (const { wanted, least: half } of kinds) {
      const entry = this.from[0]! + wanted;
      least = Math.min(least, this.slack.reduced[0]![entry]! + half.cost - this.sides[0]!.half[entry]!);
    }
    this.left -= least;
    return least < Infinity;
  }

  ofPattern(a: number, b: number): number {
    const { slack, reduced } = this.slack;
    const first = this.from[0]! + a;
    const least = this.sides[0]!.side.cost[first]! + slack - reduced[0]![first]!;
    if (this.sides.length === 1) return least;
    const second = this.from[1]! + b;
    return least + this.sides[1]!.side.cost[second]! - reduced[1]![second]!;
  }
}

/** Least cost of joint and forced sessions, which is part of each of the last partner's shares; Infinity where there is no half. */
function leastJoint({ side, half }: LooseSide, from: number, width: number): number {
  for (let entry = from; entry < from + width; entry++) {
    if (half[entry]! < Infinity && side.cost[entry]! < Infinity) return side.cost[entry]! - half[entry]!;
  }
  return Infinity;
}
