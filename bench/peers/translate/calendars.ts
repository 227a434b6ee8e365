import { parseProgram } from '../../../src/domain/parse.ts';
import type { Program } from '../../../src/domain/program.ts';
import { formulate, type Formulation } from '../../../src/export/formulation.ts';
import { compile } from '../../../src/model/compile.ts';

/** Something that may take the time of a person or therapist, half-open, in minutes. */
export interface Slot {
  start: number;
  /** For a therapist with the buffer after the session. */
  end: number;
  /** Variables of the exported model that each say by themselves that it takes place; none where it stands. */
  variables: number[];
  /** Whether it stands as a fact: what facts alone break is excused. */
  fact: boolean;
}

/** What may take the time of each person and each therapist: the sessions that the model's variables stand for, with their times. */
export function calendarsOf(program: Program): Slot[][] {
  const parsed = parseProgram(program);
  if (!parsed.ok) throw new Error(`${parsed.issues.length} issues`);
  const steps = compile(parsed.program);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const formulation = formulate(step.value);
  return [...personCalendars(formulation), ...therapistCalendars(formulation)];
}

function personCalendars({ problem, choices }: Formulation): Slot[][] {
  return problem.households.flatMap(({ persons }, household) =>
    persons.map((_, person) =>
      choices[household]!.filter((choice) => (choice.persons & (1 << person)) !== 0).map(({ start, end, variable, fact }) => ({
        start,
        end,
        variables: variable < 0 ? [] : [variable],
        fact,
      })),
    ),
  );
}

function therapistCalendars({ duties }: Formulation): Slot[][] {
  return duties.map((list) =>
    list.map(({ start, end, buffer, load }) => ({ start, end: end + buffer, variables: [...load.terms.keys()], fact: load.facts > 0 })),
  );
}
