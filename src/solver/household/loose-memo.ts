import type { LooseSide, Side } from './sides.ts';

/** Sides kept per node and person, and weeks per person: the searches of one household change the sessions of one person at a time. */
const SIDES = 8;
const WEEKS = 16;

/** A side beside all that it depends on: the choices of how many sessions, and the rest as numbers. */
interface KnownSide {
  choices: readonly object[];
  contents: Float64Array;
  side: LooseSide;
}

/** Least cost of one person's share of the nodes, and reduced costs per node; undefined where there is no plan. */
export interface LooseWeek {
  least: number;
  reduced: readonly Float64Array[] | undefined;
}

interface KnownWeek {
  sides: readonly Omit<Side, 'of'>[];
  shortfalls: boolean;
  start: number;
  week: LooseWeek;
}

/** Loose sides, and bounds by persons made from them, that the last searches of a household have met. */
export class LooseMemo {
  private readonly sides = new Map<number, Ring<KnownSide>>();
  private readonly weeks = new Map<number, Ring<KnownWeek>>();

  /** @param owner whose searches these are */
  constructor(readonly owner: object) {}

  /** The side of a person at a node (`place` tells both), made where it is not known. */
  sideOf(place: number, choices: readonly object[], contents: Float64Array, make: () => LooseSide): LooseSide {
    let ring = this.sides.get(place);
    if (ring === undefined) this.sides.set(place, (ring = new Ring(SIDES)));
    const known = ring.find((each) => isSame(each.choices, choices) && isSame(each.contents, contents));
    if (known !== undefined) return known.side;
    const side = make();
    ring.add({ choices, contents, side });
    return side;
  }

  /** The bound of a person's nodes from a state on, worked out where it is not known. */
  weekOf(person: number, sides: KnownWeek['sides'], shortfalls: boolean, start: number, make: () => LooseWeek): LooseWeek {
    let ring = this.weeks.get(person);
    if (ring === undefined) this.weeks.set(person, (ring = new Ring(WEEKS)));
    const known = ring.find((each) => each.shortfalls === shortfalls && each.start === start && isSame(each.sides, sides));
    if (known !== undefined) return known.week;
    const week = make();
    ring.add({ sides, shortfalls, start, week });
    return week;
  }
}

/** The last few things, of which the oldest goes first. */
class Ring<T> {
  private readonly all: T[] = [];
  private next = 0;

  constructor(private readonly size: number) {}

  find(isWanted: (each: T) => boolean): T | undefined {
    return this.all.find(isWanted);
  }

  add(each: T): void {
    this.all[this.next] = each;
    this.next = (this.next + 1) % this.size;
  }
}

function isSame<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
