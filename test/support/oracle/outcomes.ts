import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Plan, Session, Violation } from '../../../src/domain/plan.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';
import { findings } from '../../../src/verify/verify.ts';
import { atomsOf } from './atoms.ts';
import { planOf } from './plans.ts';

/** Where the best score lies as far as an outcome tells; `Infinity` stands for no plan. */
export function rangeOf(outcome: Outcome): { least: number; most: number } {
  switch (outcome.status) {
    case 'infeasible':
      return { least: Infinity, most: Infinity };
    case 'unknown':
      return { least: outcome.bound ?? 0, most: Infinity };
    case 'optimal':
    case 'feasible':
      return { least: outcome.bound, most: outcome.score.total };
  }
}

/** The plan of an outcome, complete or not. */
export function planIn(outcome: Outcome): Plan {
  return outcome.status === 'optimal' || outcome.status === 'feasible' ? outcome.plan : outcome.bestEffort;
}

/** Whether two outcomes can both be right about one problem. */
export function agree(one: Outcome, other: Outcome): boolean {
  const [first, second] = [rangeOf(one), rangeOf(other)];
  return first.least <= second.most && second.least <= first.most;
}

const keyOf = ({ rule, entities, week }: Pick<Violation, 'rule' | 'entities'> & { week?: number }) =>
  JSON.stringify([rule, entities, week ?? null]);

/** What a plan breaks apart from minimums, and apart from what the sessions break that no plan can do without. */
export function brokenMaximums(program: ParsedProgram, plan: Plan): Violation[] {
  const { violations, unmet } = findings(program, plan);
  const alone = findings(program, planOf(program, standing(program))).violations;
  const excused = new Set([...unmet, ...alone].map(keyOf));
  return violations.filter((violation) => !excused.has(keyOf(violation)));
}

/** Facts and locked bookings inside the horizon as they stand, nobody joining locked meetings. */
function standing(program: ParsedProgram): Session[] {
  const { fixed, optional } = atomsOf(program);
  const locked = new Map(program.bookings.filter(({ state }) => state === 'locked').map(({ id, attendees }) => [id, attendees.length]));
  return [...fixed, ...optional.filter(({ booking, attendees }) => booking !== undefined && locked.get(booking) === attendees.length)];
}

/** The outcome without what the clock says. */
export function timeless(outcome: Outcome): unknown {
  const { milliseconds: _all, firstPlanMilliseconds: _first, ...statistics } = outcome.statistics;
  return { ...outcome, statistics };
}
