import type { ParsedProgram } from '../../../src/domain/program.ts';
import type { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { decode } from '../../../src/model/decode.ts';
import { verifyParsed } from '../../../src/verify/verify.ts';
import { planOf } from './plans.ts';

/** Prices as other households make them: mostly none, some for or against, some prohibitive. */
export function drawPrices(random: Random, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, () => {
    if (random.chance(0.6)) return 0;
    return random.chance(0.15) ? Infinity : random.between(-15, 25);
  });
}

/** All choices of one option of leaders for each meeting in use. */
function leaderChoices({ problem }: Compiled, meetings: ReadonlySet<number>): Int32Array[] {
  return problem.meetings.reduce<Int32Array[]>(
    (choices, { options, fixed }, meeting) => {
      if (!meetings.has(meeting) || fixed) return choices;
      return choices.flatMap((choice) => options.map((_, option) => choice.map((value, index) => (index === meeting ? option : value))));
    },
    [new Int32Array(problem.meetings.length)],
  );
}

/** The score of a set of rows under the leaders that suit it best; undefined where it breaks a rule under all of them. */
export function scoreOf(program: ParsedProgram, compiled: Compiled, rows: readonly number[]): number | undefined {
  const { meeting } = compiled.problem.households[0]!.candidates;
  const meetings = new Set(rows.map((row) => meeting[row]!).filter((index) => index >= 0));
  for (const leaders of leaderChoices(compiled, meetings)) {
    const { violations, score } = verifyParsed(program, planOf(program, decode(compiled, { rows: [rows], leaders })));
    if (violations.length === 0) return score.total;
  }
  return undefined;
}

/**
 * Least score with prices over all sets of rows in which nobody is in two places; Infinity where none keeps the rules. The cheapest by
 * prices are judged first, and no others where these alone are too high: no score is below 0.
 * @param charge what a set of rows costs beside the prices: nothing or more
 */
export function bestOfAll(
  program: ParsedProgram,
  compiled: Compiled,
  prices: Float64Array,
  charge: (rows: readonly number[]) => number = () => 0,
): number {
  const { count, start, end, persons, forced } = compiled.problem.households[0]!.candidates;
  const sets: { rows: readonly number[]; price: number }[] = [];
  const extend = (rows: readonly number[], from: number, price: number): void => {
    if (from === count) {
      sets.push({ rows, price });
      return;
    }
    const apart = rows.every((row) => (persons[row]! & persons[from]!) === 0 || end[row]! <= start[from]! || end[from]! <= start[row]!);
    if (forced[from] === 0) extend(rows, from + 1, price);
    if ((apart && prices[from]! < Infinity) || forced[from] !== 0) {
      extend([...rows, from], from + 1, price + (forced[from] === 0 ? prices[from]! : 0));
    }
  };
  extend([], 0, 0);
  sets.sort((a, b) => a.price - b.price);
  let best = Infinity;
  for (const { rows, price } of sets) {
    if (price >= best) break;
    best = Math.min(best, (scoreOf(program, compiled, rows) ?? Infinity) + price + charge(rows));
  }
  return best;
}
