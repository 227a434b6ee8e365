import type { Plan, Session } from '../../../src/domain/plan.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';

/** A plan of the program with the given sessions and nothing else said. */
export function planOf(program: ParsedProgram, sessions: Session[]): Plan {
  return { program: program.id, sessions, unmet: [], clockChanges: [], madeWith: { version: '0.0.0', tzdata: 'unknown' } };
}
