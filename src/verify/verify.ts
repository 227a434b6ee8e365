import { parseProgram } from '../domain/parse.ts';
import type { ParsedProgram, Program } from '../domain/program.ts';
import type { Plan, Score, Session, Unmet, Verification, Violation } from '../domain/plan.ts';
import { finish, type Steps } from '../domain/steps.ts';
import { HARD_RULES, type HardRule } from '../domain/weights.ts';
import { InvalidProgramError } from '../errors.ts';
import { isoFromMinute } from '../time/instant.ts';
import { contextOf, settingOf, type Context, type Setting } from './context.ts';
import type { Finding } from './finding.ts';
import { heldOfBooking } from './read-plan.ts';
import { assigned } from './rules/assigned.ts';
import { authority } from './rules/authority.ts';
import { authorization } from './rules/authorization.ts';
import { availability } from './rules/availability.ts';
import { blockedPair } from './rules/blocked-pair.ts';
import { careFrequency } from './rules/care-frequency.ts';
import { careSpacing } from './rules/care-spacing.ts';
import { caseload } from './rules/caseload.ts';
import { closure } from './rules/closure.ts';
import { continuity } from './rules/continuity.ts';
import { dailyMaximum } from './rules/daily-maximum.ts';
import { freeDays } from './rules/free-days.ts';
import { groupCapacity } from './rules/group-capacity.ts';
import { groupMeeting } from './rules/group-meeting.ts';
import { groupPairing } from './rules/group-pairing.ts';
import { householdChildcare } from './rules/household-childcare.ts';
import { householdRooms } from './rules/household-rooms.ts';
import { jointGate } from './rules/joint-gate.ts';
import { keptBooking } from './rules/kept-booking.ts';
import { noOverlap } from './rules/no-overlap.ts';
import { planShape } from './rules/plan-shape.ts';
import { qualified } from './rules/qualified.ts';
import { roleSeparation } from './rules/role-separation.ts';
import { serviceDays } from './rules/service-days.ts';
import { therapistDaily } from './rules/therapist-daily.ts';
import { therapistRun } from './rules/therapist-run.ts';
import { therapistWeekly } from './rules/therapist-weekly.ts';
import { weeklyMaximum } from './rules/weekly-maximum.ts';
import { weeklyMinimum } from './rules/weekly-minimum.ts';
import { scoreOf } from './score.ts';

const RULES: Readonly<Record<HardRule, (ctx: Context) => Steps<Finding[]>>> = {
  'plan-shape': planShape,
  availability,
  closure,
  'no-overlap': noOverlap,
  'weekly-minimum': weeklyMinimum,
  'weekly-maximum': weeklyMaximum,
  'service-days': serviceDays,
  'free-days': freeDays,
  'daily-maximum': dailyMaximum,
  'care-frequency': careFrequency,
  'care-spacing': careSpacing,
  qualified,
  assigned,
  authority,
  'role-separation': roleSeparation,
  'joint-gate': jointGate,
  'blocked-pair': blockedPair,
  continuity,
  'therapist-daily': therapistDaily,
  'therapist-weekly': therapistWeekly,
  'therapist-run': therapistRun,
  caseload,
  'group-meeting': groupMeeting,
  'group-capacity': groupCapacity,
  'group-pairing': groupPairing,
  'household-rooms': householdRooms,
  'household-childcare': householdChildcare,
  authorization,
  'kept-booking': keptBooking,
};

/** Rules that ask what a plan must hold, not what it may: that the facts alone do not hold it excuses nothing. */
const ABOUT_THE_PLAN: ReadonlySet<HardRule> = new Set<HardRule>(['plan-shape', 'kept-booking']);

/** What the hard rules say of a plan, by rule in the order of `HARD_RULES`. */
export interface Findings {
  violations: Violation[];
  /** Minimums that the plan does not reach, violations or not, minimums that a closed gate waives, and what facts alone have broken. */
  unmet: Unmet[];
}

/** All that there is to say of a plan. */
export interface Judgement extends Findings {
  score: Score;
}

/** What judging plans of one program shares; it is the same whatever the plan. */
export interface Judge {
  setting: Setting;
  /** The amounts by which the facts alone (delivered and missed bookings, and all before the horizon) break rules, minimums apart. */
  brokenByFacts: ReadonlyMap<string, number>;
}

/**
 * Checks a plan against every hard rule. `plan` may be any JSON value. What facts alone break by as much, and minimums of weeks wholly
 * before `notBefore`, is unmet and no violation.
 */
export function findings(program: ParsedProgram, plan: Plan): Findings {
  const judge = finish(judgeOf(program));
  return finish(findingsOf(judge, finish(contextOf(judge.setting, plan))));
}

/**
 * Checks and scores a plan against its program. Throws `InvalidProgramError` where the program is not valid; never on a plan, which may
 * be any JSON value.
 */
export function verify(program: Program, plan: Plan): Verification {
  const parsed = parseProgram(program);
  if (!parsed.ok) throw new InvalidProgramError(parsed.issues);
  return verifyParsed(parsed.program, plan);
}

/** Checks and scores a plan of a program that has been parsed. Never throws on a plan, whatever it is. */
export function verifyParsed(program: ParsedProgram, plan: Plan): Verification {
  const judge = finish(judgeOf(program));
  const { violations, score } = finish(judgementOf(judge, finish(contextOf(judge.setting, plan))));
  return { violations, score };
}

export function* judgeOf(program: ParsedProgram): Steps<Judge> {
  const setting = yield* settingOf(program);
  return { setting, brokenByFacts: yield* brokenByFacts(setting) };
}

/** Checks and scores a plan, of which `ctx` is the judge's context. */
export function* judgementOf(judge: Judge, ctx: Context): Steps<Judgement> {
  const { violations, unmet } = yield* findingsOf(judge, ctx);
  return { violations, unmet, score: yield* scoreOf(ctx) };
}

function* findingsOf(judge: Judge, ctx: Context): Steps<Findings> {
  const violations: Violation[] = [];
  const unmet: Unmet[] = [];
  for (const rule of HARD_RULES) {
    for (const finding of yield* RULES[rule](ctx)) {
      yield;
      const byFacts = (): number => judge.brokenByFacts.get(keyOf(finding)) ?? 0;
      const excused = finding.waived === true || isPast(ctx, finding) || byFacts() >= finding.amount;
      if (!excused) violations.push(violationOf(finding));
      if (excused || finding.minimum === true) unmet.push(unmetOf(finding));
    }
  }
  return { violations, unmet };
}

/** Whether a minimum's weeks lie wholly before `notBefore`. */
function isPast({ horizon }: Context, { minimum, weeksEnd }: Finding): boolean {
  return minimum === true && weeksEnd !== undefined && horizon.notBefore !== undefined && weeksEnd <= horizon.notBefore;
}

function* brokenByFacts(setting: Setting): Steps<ReadonlyMap<string, number>> {
  const facts = yield* contextOf(setting, yield* planOfFacts(setting));
  const broken = new Map<string, number>();
  if (facts.all.length === 0) return broken;
  for (const rule of HARD_RULES) {
    if (ABOUT_THE_PLAN.has(rule)) continue;
    for (const finding of yield* RULES[rule](facts)) {
      yield;
      if (finding.minimum === true || finding.waived === true) continue;
      const key = keyOf(finding);
      broken.set(key, Math.max(finding.amount, broken.get(key) ?? 0));
    }
  }
  return broken;
}

function* planOfFacts({ program, catalogue, horizon }: Setting): Steps<Plan> {
  const sessions: Session[] = [];
  for (const booking of catalogue.bookings.values()) {
    yield;
    const held = heldOfBooking(booking, catalogue, false);
    if (!held?.fact || held.start < horizon.startMinute || held.start >= horizon.endMinute) continue;
    const { id, service, therapists, attendees, couple, group } = booking;
    const owner = { ...(couple !== undefined && { couple }), ...(group !== undefined && { group }) };
    const [start, end] = [isoFromMinute(held.start), isoFromMinute(held.end)];
    sessions.push({ id, service, start, end, therapists, attendees, ...owner, booking: id });
  }
  return { program: program.id, sessions, unmet: [], clockChanges: [], madeWith: { version: '', tzdata: '' } };
}

function keyOf({ rule, entities, week, aspect }: Finding): string {
  return JSON.stringify([rule, entities, week ?? null, aspect ?? null]);
}

function violationOf({ rule, entities, week, amount, message }: Finding): Violation {
  return { rule, entities, ...(week !== undefined && { week }), amount, message };
}

function unmetOf({ rule, entities, week, amount, required = 0, planned = amount }: Finding): Unmet {
  return { rule, entities, ...(week !== undefined && { week }), required, planned };
}
