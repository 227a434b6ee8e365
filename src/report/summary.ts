import type { Plan, Score, Verification } from '../domain/plan.ts';
import type { Program } from '../domain/program.ts';
import { HARD_RULES, SOFT_RULES } from '../domain/weights.ts';
import type { Context } from '../verify/context.ts';
import { verifyParsed } from '../verify/verify.ts';
import { personSection } from './person-report.ts';
import { readForReport, titleOf } from './read.ts';
import { clockChangeLines, unmetLines } from './shortfalls.ts';
import { alignedLines, countText, printable } from './text.ts';

/**
 * A text report of a whole plan, for staff: what it was made with, one section a partner, client and therapist (the week in
 * their own local time, hours against their bounds), and for all together what is unmet, starts that a change of clocks
 * moves, violations and the score by rule, as `verify` finds them. A section by itself shows nothing that its person may not
 * see; the rest is not for those in treatment. Ids only, never names; at most 100 columns wide where the ids are short. Ends
 * with a line break.
 *
 * Throws `InvalidProgramError` where the program is not valid.
 */
export function summary(program: Program, plan: Plan): string {
  const ctx = readForReport(program, plan);
  const verification = verifyParsed(ctx.program, plan);
  const people = [...ctx.partners.keys(), ...ctx.therapists.keys()];
  const parts = [
    headLines(ctx, plan, verification),
    ...people.map((id) => personSection(ctx, id)),
    unmetLines(plan.unmet),
    clockChangeLines(plan.clockChanges, true),
    violationLines(verification),
    scoreLines(verification.score),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(ctx: Context, plan: Plan, { violations, score }: Verification): string[] {
  const { version, tzdata } = plan.madeWith;
  const counts = [
    countText(plan.sessions.length, 'session'),
    `score ${score.total}`,
    countText(violations.length, 'violation'),
    `${plan.unmet.length === 0 ? 'nothing' : plan.unmet.length} unmet`,
  ];
  return [titleOf(ctx), counts.join(', '), `made with version ${printable(version)}, tzdata ${printable(tzdata)}`];
}

function violationLines({ violations }: Verification): string[] {
  if (violations.length === 0) return [];
  const counts = HARD_RULES.map((rule) => [rule, violations.filter((each) => each.rule === rule).length] as const);
  const rows = counts.filter(([, count]) => count > 0).map(([rule, count]) => [rule, String(count)]);
  return ['Violations', ...alignedLines([...rows, ['total', String(violations.length)]], { right: [1] })];
}

function scoreLines({ total, byRule }: Score): string[] {
  const rows = SOFT_RULES.map((rule) => [rule, String(byRule[rule])]);
  return ['Score', ...alignedLines([...rows, ['total', String(total)]], { right: [1] })];
}
