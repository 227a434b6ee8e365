import type { Guide } from './bound/guide.ts';
import type { SearchContext } from './context.ts';
import { record } from './incumbent.ts';
import type { Ledger } from './ledger.ts';
import { again, MOVES, type Move } from './neighbourhoods.ts';

/** Temperature of the first round as a share of the score per household, and what is left of it after each round. */
const WARMTH = 0.02;
const COOLING = 0.997;
/** What is left of a move's yield after each try, and the least chance of a move, as a share of the best one's. */
const MEMORY = 0.9;
const CHANCE = 0.15;

/**
 * Adaptive large-neighbourhood search (Ropke and Pisinger 2006): changes the plans of a few households and keeps the result if it is
 * better, or a little worse while the search is warm (Kirkpatrick et al. 1983). Goes on until `rounds` rounds in a row bring nothing.
 *
 * @param guide prices of what households share, if there are any
 */
export function* improve(
  context: SearchContext,
  ledger: Ledger,
  rounds: number,
  done: () => boolean,
  guide?: Guide,
): Generator<void, void> {
  const { problem, random } = context;
  yield* onePass(context, ledger, done);
  let current = ledger.cost();
  let temperature = (WARMTH * current) / Math.max(1, problem.households.length);
  for (let idle = 0; idle < rounds && !done(); idle++) {
    const move = drawn(context);
    const accept = (cost: number): boolean => cost < current || random.unit() < Math.exp((current - cost) / Math.max(1e-9, temperature));
    const spent = context.work.spent;
    const cost = yield* attempt(ledger, move(context, ledger, guide), accept);
    temperature *= COOLING;
    credit(context, move, Math.max(0, current - (cost ?? current)) / (context.work.spent - spent + 1));
    if (cost === undefined) continue;
    if (cost < current) idle = record(context, ledger, cost) ? -1 : idle;
    current = cost;
  }
}

/** Plans every household once more among the others, in turn, while that brings something. */
function* onePass(context: SearchContext, ledger: Ledger, done: () => boolean): Generator<void, void> {
  let current = ledger.cost();
  for (let more = true; more && !done();) {
    more = false;
    for (let index = 0; index < context.problem.households.length && !done(); index++) {
      if (ledger.plans[index]!.cost <= context.ownBound[index]!) continue;
      const cost = yield* attempt(ledger, again(context, ledger, index), (each) => each < current);
      if (cost === undefined) continue;
      current = cost;
      more = true;
      record(context, ledger, cost);
    }
  }
}

/** Makes a move; undefined, with everything as before, where no complete plan comes out or it is not accepted. */
function* attempt(ledger: Ledger, move: Generator<void, boolean>, accept: (cost: number) => boolean): Generator<void, number | undefined> {
  const before = ledger.snapshot();
  if (yield* move) {
    const cost = ledger.cost();
    if (accept(cost)) return cost;
  }
  ledger.restore(before);
  return undefined;
}

/** A move drawn by what it has yielded for its work. */
function drawn({ random, yields }: SearchContext): Move {
  const most = MOVES.reduce((all, move) => Math.max(all, yields.get(move) ?? 0), 0);
  const weight = (move: Move): number => (most === 0 ? 1 : Math.max(CHANCE, (yields.get(move) ?? most) / most));
  return random.draw(MOVES, weight);
}

function credit({ yields }: SearchContext, move: Move, gained: number): void {
  yields.set(move, MEMORY * (yields.get(move) ?? gained) + (1 - MEMORY) * gained);
}
