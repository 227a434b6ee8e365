import type { Conflict, Outcome, StoppedBy } from '../domain/outcome.ts';
import type { Plan } from '../domain/plan.ts';
import type { Program } from '../domain/program.ts';
import type { Context } from '../verify/context.ts';
import { readForReport, titleOf, weekTitle } from './read.ts';
import { unmetLines } from './shortfalls.ts';
import { countText, idList, printable, wrappedLines } from './text.ts';

const STOPPED_BY: Readonly<Record<StoppedBy, string>> = {
  time: 'stopped by the time limit',
  work: 'stopped by the work limit',
  gap: 'stopped at the gap asked for',
  abort: 'aborted',
};

/**
 * What an outcome says, as text for staff: whether it is proved; the conflicts (rules, entities, week, message) where no plan
 * exists; what the plan, or the best effort, leaves unmet. The timetable is in `summary`. Ids only, never names. Ends with a
 * line break.
 *
 * Throws `InvalidProgramError` where the program is not valid.
 */
export function outcomeReport(program: Program, outcome: Outcome): string {
  const plan = 'plan' in outcome ? outcome.plan : outcome.bestEffort;
  const ctx = readForReport(program, plan);
  const parts = [[titleOf(ctx), ...verdictLines(outcome)], conflictLines(ctx, outcome), planLines(outcome, plan)];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What is proved, and what is not. */
function verdictLines(outcome: Outcome): string[] {
  switch (outcome.status) {
    case 'optimal':
      return [`optimal: score ${outcome.score.total}, proved to be the lowest`];
    case 'feasible': {
      const gap = `${(outcome.gap * 100).toFixed(1)} %`;
      return [`feasible: score ${outcome.score.total}, no plan is below ${outcome.bound} (gap ${gap}), ${STOPPED_BY[outcome.stoppedBy]}`];
    }
    case 'infeasible':
      return ['infeasible: it is proved that no plan keeps every rule'];
    case 'unknown': {
      const bound = outcome.bound === undefined ? '' : `, no plan is below a score of ${outcome.bound}`;
      return [`unknown: no complete plan was found, nor proved not to exist${bound}, ${STOPPED_BY[outcome.stoppedBy]}`];
    }
  }
}

function conflictLines(ctx: Context, outcome: Outcome): string[] {
  if (outcome.status !== 'infeasible') return [];
  const each = outcome.conflicts.flatMap((conflict, index) => oneConflict(ctx, conflict, index + 1));
  return [`${countText(outcome.conflicts.length, 'conflict')}: rules and entities that cannot hold together`, ...each];
}

function oneConflict(ctx: Context, { rules, entities, week, message }: Conflict, number: number): string[] {
  const lead = `${number}. `;
  const [first = '', ...more] = wrappedLines(printable(message), 2 + lead.length);
  const where = week === undefined ? [] : [`week: ${weekTitle(ctx, week).replace('Week ', '')}`];
  const facts = [`rules: ${rules.join(', ')}`, `entities: ${idList(entities)}`, ...where];
  return [`  ${lead}${first.trimStart()}`, ...more, ...facts.flatMap((fact) => wrappedLines(fact, 2 + lead.length))];
}

function planLines(outcome: Outcome, plan: Plan): string[] {
  const name = 'plan' in outcome ? 'the plan holds' : 'the best effort holds';
  return [`${name} ${countText(plan.sessions.length, 'session')}`, ...unmetLines(plan.unmet)];
}
