import type { Plan } from './domain/plan.ts';
import { finish } from './domain/steps.ts';
import type { Compiled } from './model/compile.ts';
import type { Assignment } from './model/decode.ts';
import { judgedPlan } from './run/clerk.ts';
import { judgeOf } from './verify/verify.ts';

/** The plan that an assignment of the compiled program stands for, with what it leaves unmet and the clock changes in it. */
export function planOf(compiled: Compiled, assignment: Assignment): Plan {
  return finish(judgedPlan(finish(judgeOf(compiled.program)), compiled, assignment)).plan;
}
