import { solveLinear, type LinearRow } from './lp.ts';

/** One way of a block (a household, meetings of a group, hours charged): what it costs, and what it uses of each row, where not nothing. */
export interface Column {
  block: number;
  cost: number;
  rows: Int32Array;
  amounts: Float64Array;
}

/** What a master problem says: prices of all rows, its value there, and how much of each column it takes. */
export interface MasterAnswer {
  value: number;
  price: Float64Array;
  shares: Float64Array;
  /** Whether a price is as high as was allowed, and might be higher. */
  cut: boolean;
}

/** No block is taken to be cheaper by prices than this, below its cheapest column. */
const LOWEST = 4000;
const EPSILON = 1e-6;
/** Rounds in which rows get prices at most. */
const ROUNDS = 12;
/** Entries of the tableau beyond which the program is not solved: at these, hard ones take some 40 ms, and at twice as many ten times that. */
const LARGEST = 40_000;

/**
 * The restricted master problem of Dantzig and Wolfe ("Decomposition principle for linear programs", 1960): the cheapest mean of the
 * columns that are known of each block which keeps the limits. It is solved as its dual, whose variables are prices; rows get one only
 * where the mean exceeds them otherwise.
 */
export class Master {
  readonly columns: Column[] = [];
  private readonly known = new Set<string>();
  /** Per block: its cheapest column by itself; Infinity where none is known. */
  private readonly least: Float64Array;
  /** Rows with a price. */
  private readonly priced: number[] = [];
  private readonly place: Int32Array;
  private readonly mark: Float64Array;

  constructor(
    blocks: number,
    private readonly limit: Float64Array,
    private readonly most: Float64Array,
  ) {
    this.least = new Float64Array(blocks).fill(Infinity);
    this.mark = new Float64Array(limit.length);
    this.place = new Int32Array(limit.length).fill(-1);
  }

  /** Takes a column in; false where it is known. */
  add(column: Column): boolean {
    const key = `${column.block}:${column.cost}:${column.rows.join()}:${column.amounts.join()}`;
    if (this.known.has(key)) return false;
    this.known.add(key);
    // Sums by which rows that the same columns use are told from others.
    const tag = 1 + ((this.columns.push(column) * 0.6180339887) % 1);
    column.rows.forEach((row, index) => (this.mark[row]! += tag * column.amounts[index]!));
    this.least[column.block] = Math.min(this.least[column.block]!, column.cost);
    return true;
  }

  /** Best prices for the columns known, none above `highest`; undefined where the program is too large, or was not solved. */
  *solve(highest: number): Generator<void, MasterAnswer | undefined> {
    for (let round = 0; round < ROUNDS; round++) {
      const answer = this.solvePriced(highest);
      if (answer === undefined) return undefined;
      if (!this.priceExceeded(answer.shares)) return answer;
      yield;
    }
    return undefined;
  }

  private solvePriced(highest: number): MasterAnswer | undefined {
    const { columns, priced, least, limit, most, place } = this;
    if ((columns.length + priced.length) * (least.length + priced.length) > LARGEST) return undefined;
    const rows = columns.map((column): LinearRow => {
      const at: number[] = [column.block];
      const values: number[] = [1];
      column.rows.forEach((row, index) => {
        if (place[row]! < 0) return;
        at.push(least.length + place[row]!);
        values.push(-column.amounts[index]!);
      });
      return { columns: at, values, relation: '<=', limit: column.cost - this.base(column.block) };
    });
    const costs = [...Array.from(least, (each) => (each === Infinity ? 0 : 1)), ...priced.map((row) => -limit[row]!)];
    const upper = [
      ...Array.from(least, (each) => (each === Infinity ? 0 : Infinity)),
      ...priced.map((row) => Math.min(most[row]!, highest)),
    ];
    const answer = solveLinear({ sense: 'maximise', costs, rows, upper });
    if (answer.status !== 'optimal') return undefined;
    const price = new Float64Array(limit.length);
    priced.forEach((row, index) => (price[row] = answer.x[least.length + index]!));
    let value = answer.value;
    for (let block = 0; block < least.length; block++) if (least[block]! < Infinity) value += this.base(block);
    const cut = priced.some((row) => price[row]! > highest - EPSILON && most[row]! > highest);
    return { value, price, shares: answer.duals, cut };
  }

  private base(block: number): number {
    return this.least[block]! - LOWEST;
  }

  /** Gives prices to rows of which the shares use too much, to one of those that the same columns use; false where there is none. */
  private priceExceeded(shares: Float64Array): boolean {
    const { limit, most, place, priced } = this;
    const use = new Float64Array(limit.length);
    const keyOf = (row: number): string => (most[row]! < Infinity ? `${row}` : `${Math.round(this.mark[row]! * 1e6)}:${limit[row]}`);
    const seen = new Set(priced.map(keyOf));
    const touched: number[] = [];
    this.columns.forEach(({ rows, amounts }, column) => {
      const share = shares[column]!;
      if (share <= EPSILON) return;
      rows.forEach((row, index) => {
        if (use[row] === 0) touched.push(row);
        use[row]! += share * amounts[index]!;
      });
    });
    let found = false;
    for (const row of touched) {
      if (place[row]! >= 0 || limit[row] === Infinity || use[row]! <= limit[row]! + EPSILON) continue;
      const key = keyOf(row);
      if (seen.has(key)) continue;
      seen.add(key);
      place[row] = priced.push(row) - 1;
      found = true;
    }
    return found;
  }
}
