import type { Plan, Session } from '../domain/plan.ts';
import type { Steps } from '../domain/steps.ts';
import type { Compiled } from '../model/compile.ts';
import { decodeInSteps, type Assignment } from '../model/decode.ts';
import { tzdataVersion } from '../time/zone.ts';
import { clockChanges } from '../verify/clock-changes.ts';
import { contextOf } from '../verify/context.ts';
import { judgementOf, type Judge, type Judgement } from '../verify/verify.ts';
import { VERSION } from '../version.ts';

/** A plan with all that the verifier says of it. */
export interface Judged extends Omit<Judgement, 'unmet'> {
  plan: Plan;
}

/** Puts an assignment into words and has it judged. */
export function* judgedPlan(judge: Judge, compiled: Compiled, assignment: Assignment): Steps<Judged> {
  return yield* judged(judge, yield* decodeInSteps(compiled, assignment));
}

/** The plan of some sessions, judged. */
export function* judged(judge: Judge, sessions: Session[]): Steps<Judged> {
  const plan: Plan = {
    program: judge.setting.program.id,
    sessions,
    unmet: [],
    clockChanges: [],
    madeWith: { version: VERSION, tzdata: tzdataVersion() },
  };
  const ctx = yield* contextOf(judge.setting, plan);
  const changes = yield* clockChanges(ctx);
  const { violations, unmet, score } = yield* judgementOf(judge, ctx);
  return { plan: { ...plan, unmet, clockChanges: changes }, violations, score };
}
