import type { Id } from '../domain/common.ts';
import type { Conflict } from '../domain/outcome.ts';
import type { ParsedProgram } from '../domain/program.ts';
import { HARD_RULES, type HardRule } from '../domain/weights.ts';
import { Random } from '../kernel/random.ts';
import { compile, type Compiled } from '../model/compile.ts';
import { SearchContext } from '../solver/context.ts';
import { solve, type Ending } from '../solver/solve.ts';
import { RELAXATIONS } from './relax.ts';

/** Work that one question "is there a plan without this rule" may take; an unanswered one counts as no. */
const WORK = 1_500_000;
/** Entities asked about per rule. */
const MOST_ENTITIES = 40;

/**
 * Why a program that was proved to have no plan has none: per household that has no plan even alone, or for all that the proof
 * rests on together. A rule is named where setting it aside, and nothing else, was seen to let a plan exist; so are the entities
 * for which alone it would have to be set aside. Where no single rule helps, the conflict names the care that cannot be given.
 */
export function* diagnose(compiled: Compiled, ending: Ending & { kind: 'infeasible' }): Generator<void, Conflict[]> {
  const { program, households } = compiled;
  if (compiled.contradictions.length > 0) return compiled.contradictions.map((index) => contradiction(program.bookings[index]!.id));
  const conflicts: Conflict[] = [];
  if (ending.households.length > 0) {
    for (const index of ending.households) {
      const { couple, persons } = households[index]!;
      const alone = only(program, new Set([couple ?? persons[0]!]));
      conflicts.push(yield* conflictIn(alone, [...(couple === undefined ? [] : [couple]), ...persons]));
    }
    return conflicts;
  }
  const involved = new Set(ending.reasons.flatMap((reason) => reason.households));
  const ids = [...involved].sort((a, b) => a - b).map((index) => households[index]!.couple ?? households[index]!.persons[0]!);
  const groups = ending.reasons.flatMap(({ meeting }) => (meeting === undefined ? [] : [groupOf(compiled, meeting)]));
  const therapists = ending.reasons.flatMap(({ therapist }) => (therapist === undefined ? [] : [program.therapists[therapist]!.id]));
  return [yield* conflictIn(only(program, new Set(ids)), [...new Set([...ids, ...groups, ...therapists])])];
}

function contradiction(booking: Id): Conflict {
  return {
    rules: ['kept-booking'],
    entities: [booking],
    message: `booking ${booking} is locked at a time, with a therapist or for attendees that another rule forbids`,
  };
}

function groupOf(compiled: Compiled, meeting: number): Id {
  return compiled.program.groups[compiled.problem.meetings[meeting]!.group]!.id;
}

/** The program with none but the given couples and clients (and bookings of their partners). */
function only(program: ParsedProgram, ids: ReadonlySet<Id>): ParsedProgram {
  const couples = program.couples.filter((couple) => ids.has(couple.id));
  const clients = program.clients.filter((client) => ids.has(client.id));
  const persons = new Set([...couples.flatMap((couple) => couple.partners), ...clients].map((person) => person.id));
  const bookings = program.bookings.filter((booking) => booking.attendees.some((attendee) => persons.has(attendee)));
  return { ...program, couples, clients, bookings };
}

function* conflictIn(program: ParsedProgram, known: Id[]): Generator<void, Conflict> {
  const rules: HardRule[] = [];
  const entities: Id[] = [...known];
  for (const rule of HARD_RULES) {
    const relaxation = RELAXATIONS[rule];
    if (relaxation === undefined || !(yield* hasPlan(relaxation.change(program, () => true)))) continue;
    rules.push(rule);
    for (const id of relaxation.entities(program).slice(0, MOST_ENTITIES)) {
      if (entities.includes(id)) continue;
      if (yield* hasPlan(relaxation.change(program, (each) => each === id))) entities.push(id);
    }
  }
  const named: HardRule[] = rules.length > 0 ? rules : ['care-frequency', 'weekly-minimum'];
  const message =
    rules.length > 0
      ? `${known.join(', ')}: no plan keeps ${named.join(' and ')} together`
      : `${known.join(', ')}: no plan gives the care that is due, and no single rule set aside would make one`;
  return { rules: named, entities, message };
}

/** Whether a plan was found within the work allowed. */
function* hasPlan(program: ParsedProgram): Generator<void, boolean> {
  const compiled = yield* compile(program);
  if (compiled.contradictions.length > 0) return false;
  const context = new SearchContext(compiled.problem, new Random(1));
  const search = solve(context, () => undefined);
  while (search.next().done !== true) {
    if (context.best !== undefined) return true;
    if (context.work.spent > WORK) return false;
    yield;
  }
  return context.best !== undefined;
}
