import type { Plan, Session, Violation } from '../../../src/domain/plan.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';
import type { HardRule, SoftRule } from '../../../src/domain/weights.ts';
import { findings, verifyParsed } from '../../../src/verify/verify.ts';
import { atomsOf } from './atoms.ts';
import { planOf } from './plans.ts';

/** What trying every plan gives. */
export interface Exhausted {
  /** The best of the plans that keep every hard rule; missing where there is none. */
  best?: { score: number; plan: Plan };
  /** Calls of the verifier. */
  checks: number;
}

/** Rules that more sessions may mend; a plan that breaks another one cannot grow into a good one. */
const MENDED_BY_MORE: ReadonlySet<HardRule> = new Set<HardRule>([
  'weekly-minimum',
  'service-days',
  'free-days',
  'care-frequency',
  'authorization',
]);

/** Soft rules whose cost grows or stays with every further session. */
const NEVER_LESS: readonly SoftRule[] = [
  'preferred-times',
  'preferred-attributes',
  'continuity-preferred',
  'few-days',
  'excess-minutes',
  'therapist-balance',
];

/** A minimum of sessions or minutes that the fixed sessions do not reach, and what each optional session adds to it. */
interface Demand {
  shortage: number;
  gains: number[];
  /** From each index on, the sum of what the optional sessions could add. */
  potential: number[];
}

const keyOf = ({ rule, entities, week }: { rule: string; entities: string[]; week?: number }) =>
  JSON.stringify([rule, entities, week ?? null]);

/**
 * Tries every set of sessions that the program allows, and judges each with the verifier. Sessions that cannot stand alone or in pairs are left
 * out beforehand, again as the verifier says. Undefined where that takes more than `limit` calls of the verifier.
 */
export function bruteForce(program: ParsedProgram, limit: number): Exhausted | undefined {
  const search = new BruteForce(program, limit);
  return search.run() ? search.found : undefined;
}

class BruteForce {
  readonly found: Exhausted = { checks: 0 };
  private readonly fixed: Session[];
  private optional: Session[];
  private clashes: Uint8Array[] = [];
  private demands: Demand[] = [];

  constructor(
    private readonly program: ParsedProgram,
    private readonly limit: number,
  ) {
    const { fixed, optional } = atomsOf(program);
    this.fixed = fixed;
    this.optional = optional.sort((a, b) => order(a) - order(b) || compare(a, b));
  }

  /** Whether all plans were tried. */
  run(): boolean {
    const { violations } = this.judge([]);
    if (this.isHopeless(violations)) return true;
    this.optional = this.optional.filter((session) => !this.isHopeless(this.judge([session]).violations));
    if (this.optional.length ** 2 / 4 + this.found.checks > this.limit) return false;
    this.clashes = this.optional.map((one, index) => Uint8Array.from(this.optional.slice(0, index), (other) => this.clash(one, other)));
    this.demands = this.demandsOf();
    return this.extend([], 0);
  }

  private judge(sessions: Session[]) {
    this.found.checks++;
    return verifyParsed(this.program, planOf(this.program, [...this.fixed, ...sessions]));
  }

  private isHopeless(violations: readonly Violation[]): boolean {
    const lockedMeetings = new Set(
      this.program.bookings.filter((one) => one.group !== undefined && one.state === 'locked').map(({ id }) => id),
    );
    return violations.some(({ rule, entities }) => {
      if (rule === 'kept-booking') return !lockedMeetings.has(entities[0] ?? '');
      return !MENDED_BY_MORE.has(rule);
    });
  }

  private clash(one: Session, other: Session): 0 | 1 {
    if (one.id === other.id || doubleBooked(one, other)) return 1;
    if (this.areStrangers(one, other)) return 0;
    return this.isHopeless(this.judge([other, one]).violations) ? 1 : 0;
  }

  /** Whether nobody has to do with both, so that no rule can look at the two together. */
  private areStrangers(one: Session, other: Session): boolean {
    const people = [...one.therapists, ...this.householdsOf(one), one.group ?? ''].filter((id) => id !== '');
    const others = new Set([...other.therapists, ...this.householdsOf(other), other.group ?? '']);
    return !people.some((id) => others.has(id));
  }

  /** The attendees, each couple as one. */
  private householdsOf({ attendees }: Session): string[] {
    const { couples } = this.program;
    return attendees.map((id) => couples.find(({ partners }) => partners.some((partner) => partner.id === id))?.id ?? id);
  }

  private demandsOf(): Demand[] {
    const shortages = (sessions: Session[]): Map<string, number> => {
      const plan = planOf(this.program, [...this.fixed, ...sessions]);
      const { violations, unmet } = findings(this.program, plan);
      const minimums = new Map<string, number>();
      const doubled = new Set<string>();
      for (const one of unmet) {
        if (one.rule !== 'care-frequency' && one.rule !== 'weekly-minimum') continue;
        if (minimums.has(keyOf(one))) doubled.add(keyOf(one));
        minimums.set(keyOf(one), one.required - one.planned);
      }
      const due = new Set(violations.map(keyOf));
      return new Map([...minimums].filter(([key, amount]) => due.has(key) && !doubled.has(key) && amount > 0));
    };
    const alone = this.optional.map((session) => shortages([session]));
    return [...shortages([])].map(([key, shortage]) => {
      const gains = alone.map((left) => shortage - (left.get(key) ?? 0));
      const potential = new Array<number>(gains.length + 1).fill(0);
      for (let index = gains.length - 1; index >= 0; index--) potential[index] = potential[index + 1]! + gains[index]!;
      return { shortage, gains, potential };
    });
  }

  /**
   * Tries the chosen sessions as they are and with every set of those from `from` on, as long as the costs that no further session can lower stay
   * below the best score. False where the limit is reached.
   */
  private extend(chosen: number[], from: number): boolean {
    if (this.found.checks >= this.limit) return false;
    const sessions = chosen.map((index) => this.optional[index]!);
    const { violations, score } = this.judge(sessions);
    if (this.isHopeless(violations)) return true;
    const best = this.found.best?.score ?? Infinity;
    if (violations.length === 0 && score.total < best) {
      this.found.best = { score: score.total, plan: planOf(this.program, [...this.fixed, ...sessions]) };
    }
    const surely = NEVER_LESS.reduce((sum, rule) => sum + score.byRule[rule], 0);
    const open = this.demands.map(({ shortage, gains }) => shortage - chosen.reduce((sum, index) => sum + gains[index]!, 0));
    for (let index = from; index < this.optional.length; index++) {
      if (surely >= (this.found.best?.score ?? Infinity)) break;
      if (this.demands.some(({ potential }, at) => potential[index]! < open[at]!)) break;
      if (chosen.some((other) => this.clashes[index]![other] === 1)) continue;
      if (!this.extend([...chosen, index], index + 1)) return false;
    }
    return true;
  }
}

/** Whether someone would attend both at once. */
function doubleBooked(one: Session, other: Session): boolean {
  return one.start < other.end && other.start < one.end && one.attendees.some((id) => other.attendees.includes(id));
}

/** Sessions of which others depend come first: bookings, then meetings. */
function order(session: Session): number {
  return session.booking !== undefined ? 0 : session.group !== undefined ? 1 : 2;
}

function compare(a: Session, b: Session): number {
  const [one, other] = [a, b].map(({ service, attendees, start }) => `${service} ${attendees.join()} ${start}`);
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}
