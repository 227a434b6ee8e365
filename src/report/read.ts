import { parseProgram } from '../domain/parse.ts';
import type { Plan } from '../domain/plan.ts';
import type { Program } from '../domain/program.ts';
import { InvalidProgramError } from '../errors.ts';
import { isoFromDay } from '../time/calendar.ts';
import { buildContext, type Context } from '../verify/context.ts';
import { printable } from './text.ts';

/** What a report is made of. Throws `InvalidProgramError` where the program is not valid. */
export function readForReport(program: Program, plan: Plan): Context {
  const parsed = parseProgram(program);
  if (!parsed.ok) throw new InvalidProgramError(parsed.issues);
  return buildContext(parsed.program, plan);
}

/** The first line of a report. */
export function titleOf({ program, horizon }: Context): string {
  const dates = `${isoFromDay(horizon.from)} to ${isoFromDay(horizon.to)}`;
  return `Plan of ${printable(program.id)}, ${dates}`;
}

/** `Week 2, 2026-10-12 to 2026-10-18`: the dates of a week of the horizon. */
export function weekTitle(ctx: Context, week: number): string {
  const first = ctx.weekStart(week);
  return `Week ${week}, ${isoFromDay(first)} to ${isoFromDay(first + 6)}`;
}
