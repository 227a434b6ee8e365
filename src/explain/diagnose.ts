import type { Id } from '../domain/common.ts';
import type { Conflict } from '../domain/outcome.ts';
import type { ParsedProgram } from '../domain/program.ts';
import { HARD_RULES, type HardRule } from '../domain/weights.ts';
import type { Compiled } from '../model/compile.ts';
import type { Ending } from '../solver/solve.ts';
import { only } from './only.ts';
import { hasPlan, type Asked } from './question.ts';
import { RELAXATIONS, type Relaxation } from './relax.ts';

/** Most work that one question may take at first and later, and that all together may take. */
const QUICK_WORK = 30_000;
const QUESTION_WORK = 1_500_000;
const MOST_WORK = 10_000_000;
/** Entities asked about per rule. */
const MOST_ENTITIES = 40;

/** The rules that every proof rests on: without them nothing is due. */
const DUE: readonly HardRule[] = ['care-frequency', 'weekly-minimum'];

type Infeasible = Ending & { kind: 'infeasible' };

/**
 * Why a program that was proved to have no plan has none: per household that has no plan even alone, or for all that the proof
 * rests on together. A rule is named where setting it aside, and nothing else, was seen to let a plan exist; so are the entities
 * for which alone it would have to be set aside. Where no single rule helps, the conflict names the care that cannot be given.
 */
export class Diagnosis {
  /** Units of search work that the questions have taken. */
  spent = 0;
  private readonly fixed: Conflict[];
  private readonly inquiries: Inquiry[];

  constructor(compiled: Compiled, ending: Infeasible) {
    const { program, contradictions } = compiled;
    this.fixed = contradictions.map((index) => contradiction(program.bookings[index]!.id));
    this.inquiries = this.fixed.length > 0 ? [] : inquiriesOf(compiled, ending);
  }

  /** What is known so far, never empty: `run` may be left at any time. */
  get conflicts(): Conflict[] {
    return [...this.fixed, ...this.inquiries.map((inquiry) => inquiry.conflict)];
  }

  /** Asks what would have to be set aside, within `workLimit` units of search work. It may be left between steps. */
  *run(workLimit: number): Generator<void, void> {
    const limit = Math.min(workLimit, MOST_WORK);
    for (const [index, inquiry] of this.inquiries.entries()) {
      const share = (limit - this.spent) / (this.inquiries.length - index);
      yield* inquiry.run(share, (work) => (this.spent += work));
    }
  }
}

function contradiction(booking: Id): Conflict {
  return {
    rules: ['kept-booking'],
    entities: [booking],
    message: `booking ${booking} is locked at a time, with a therapist or for attendees that another rule forbids`,
  };
}

/** One inquiry per household that has no plan even alone, or one for all that the proof rests on. */
function inquiriesOf(compiled: Compiled, ending: Infeasible): Inquiry[] {
  const { program, households } = compiled;
  if (ending.households.length > 0) {
    return ending.households.map((index) => {
      const { couple, persons } = households[index]!;
      const alone = only(program, new Set([couple ?? persons[0]!]));
      return new Inquiry(alone, [...(couple === undefined ? [] : [couple]), ...persons], []);
    });
  }
  const involved = new Set(ending.reasons.flatMap((reason) => reason.households));
  const ids = [...involved].sort((a, b) => a - b).map((index) => households[index]!.couple ?? households[index]!.persons[0]!);
  const groups = ending.reasons.flatMap(({ meeting }) => (meeting === undefined ? [] : [groupOf(compiled, meeting)]));
  const therapists = ending.reasons.flatMap(({ therapist }) => (therapist === undefined ? [] : [program.therapists[therapist]!.id]));
  const rules = new Set<HardRule>(ending.reasons.flatMap((reason) => rulesOf(program, reason)));
  const known = [...new Set([...ids, ...groups, ...therapists])];
  return [new Inquiry(only(program, new Set(ids)), known, [...rules])];
}

/** Rules that a dispute of the proof was about. */
function rulesOf(program: ParsedProgram, { reason, therapist }: Infeasible['reasons'][number]): HardRule[] {
  const limits = therapist === undefined ? {} : program.therapists[therapist]!.limits;
  switch (reason) {
    case 'time':
      return ['no-overlap'];
    case 'caseload':
      return ['caseload'];
    case 'seats':
    case 'few':
      return ['group-capacity'];
    case 'leaders':
    case 'count':
      return ['group-meeting'];
    case 'limits':
      return [
        ...(limits.dailyMinutes === undefined ? [] : (['therapist-daily'] as const)),
        ...(limits.weeklyMinutes === undefined ? [] : (['therapist-weekly'] as const)),
        ...(limits.run === undefined ? [] : (['therapist-run'] as const)),
      ];
  }
}

function groupOf(compiled: Compiled, meeting: number): Id {
  return compiled.program.groups[compiled.problem.meetings[meeting]!.group]!.id;
}

/** Rules without which a program without a plan has one, and those for whom. */
class Inquiry {
  private readonly found: { rule: HardRule; relaxation: Relaxation; entities: Id[] }[] = [];
  /** Rules about which nothing is known yet. */
  private readonly open = new Set<HardRule>(HARD_RULES.filter((rule) => RELAXATIONS[rule] !== undefined));

  /** `proof`: rules that the proof rests on, which stand for the conflict while no better ones are known. */
  constructor(
    private readonly program: ParsedProgram,
    private readonly known: readonly Id[],
    private readonly proof: readonly HardRule[],
  ) {}

  get conflict(): Conflict {
    const entities = [...new Set([...this.known, ...this.found.flatMap((each) => each.entities)])];
    const names = this.known.join(', ');
    if (this.found.length > 0) {
      const rules = this.found.map(({ rule }) => rule);
      return { rules, entities, message: `${names}: no plan keeps ${rules.join(' and ')} together` };
    }
    const which = this.open.size === 0 ? 'no single rule set aside would make one' : 'no single rule was found that stands in the way';
    const rules = this.open.size === 0 ? DUE : [...new Set([...DUE, ...this.proof])];
    return { rules: [...rules], entities, message: `${names}: no plan gives the care that is due, and ${which}` };
  }

  /** First all rules, those that are soon answered first, then all entities; each question may take its share of what is left of `limit`. */
  *run(limit: number, spend: (work: number) => void): Generator<void, void> {
    const purse = new Purse(limit, spend);
    for (const most of [QUICK_WORK, QUESTION_WORK]) {
      const rules = [...this.open];
      for (const [index, rule] of rules.entries()) {
        if (purse.left <= 0) return;
        const relaxation = RELAXATIONS[rule]!;
        const answer = yield* purse.ask({ program: this.program, relaxation, reach: () => true }, rules.length - index, most);
        if (answer !== undefined) this.open.delete(rule);
        if (answer === true) this.found.push({ rule, relaxation, entities: [] });
      }
    }
    this.found.sort((a, b) => HARD_RULES.indexOf(a.rule) - HARD_RULES.indexOf(b.rule));
    const questions = this.found.flatMap(({ relaxation, entities }) =>
      relaxation
        .entities(this.program)
        .slice(0, MOST_ENTITIES)
        .map((id) => ({ relaxation, entities, id })),
    );
    for (const [index, { relaxation, entities, id }] of questions.entries()) {
      if (purse.left <= 0) return;
      if (this.known.includes(id) || this.found.some((each) => each.entities.includes(id))) continue;
      const asked = { program: this.program, relaxation, reach: (each: Id) => each === id };
      if ((yield* purse.ask(asked, questions.length - index, QUESTION_WORK)) === true) entities.push(id);
    }
  }
}

/** Units of work for questions. */
class Purse {
  constructor(
    public left: number,
    private readonly spend: (work: number) => void,
  ) {}

  /** Asks a question that, with those still to come, is one of `among`; it takes `most` units at most. */
  *ask(asked: Asked, among: number, most: number): Generator<void, boolean | undefined> {
    return yield* hasPlan(asked, Math.min(most, this.left / among), (work) => {
      this.left -= work;
      this.spend(work);
    });
  }
}
