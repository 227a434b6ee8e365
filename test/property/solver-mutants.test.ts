import { describe, expect, test } from 'vitest';
import { generate } from '../../bench/instances/generate.ts';
import { parseProgram } from '../../src/domain/parse.ts';
import type { Session } from '../../src/domain/plan.ts';
import type { ParsedProgram } from '../../src/domain/program.ts';
import type { HardRule } from '../../src/domain/weights.ts';
import { Random } from '../../src/kernel/random.ts';
import { verifyParsed } from '../../src/verify/verify.ts';
import { runs } from '../support/oracle/judge.ts';
import { planOf } from '../support/oracle/plans.ts';
import { surelyBroken } from '../support/oracle/small-check.ts';
import { shifted } from '../support/plan-mutations.ts';

interface Mutant {
  name: string;
  sessions: Session[];
}

/** Ways to change one session of a plan; some keep every rule. */
function mutantsOf(program: ParsedProgram, sessions: readonly Session[], index: number, random: Random): Mutant[] {
  const one = sessions[index]!;
  const rest = sessions.filter((_, at) => at !== index);
  const { booking: _booking, ...unbooked } = one;
  const slot = program.horizon.slotMinutes * (random.chance(0.5) ? 1 : -1);
  const someone = random.pick(program.therapists).id;
  const anyone = random.pick([...program.couples.flatMap(({ partners }) => partners), ...program.clients]).id;
  const [partner, ...others] = one.attendees;
  const swapped = one.group === undefined ? [anyone] : [...new Set([...others, anyone])];
  return [
    { name: 'moved by a slot', sessions: [...rest, shifted(one, slot)] },
    { name: 'with another therapist', sessions: [...rest, { ...one, therapists: [someone] }] },
    { name: 'twice', sessions: [...sessions, { ...unbooked, id: '~twice' }] },
    { name: 'again later', sessions: [...sessions, { ...shifted(unbooked, random.pick([60, 1440])), id: '~again' }] },
    ...(partner !== undefined && one.couple === undefined
      ? [{ name: 'with another attendee', sessions: [...rest, { ...one, attendees: swapped }] }]
      : []),
  ];
}

const RULES_SEEN: readonly HardRule[] = ['no-overlap', 'availability', 'qualified', 'role-separation', 'continuity', 'care-spacing'];

describe('plans with one session changed', { timeout: Infinity }, () => {
  test('break what a small check of its own says that they break', () => {
    const seen = new Map<HardRule, number>();
    for (let seed = 1; seed <= runs(8); seed++) {
      const instance = generate({ tier: 'one', couples: 2, weeks: 1, seed });
      const parsed = parseProgram(instance.program);
      if (!parsed.ok) throw new Error('the program is not valid');
      const { program } = parsed;
      const { sessions } = instance.planted;
      expect(surelyBroken(program, sessions)).toEqual(new Set());
      const random = new Random(seed);
      for (const index of sessions.keys()) {
        for (const mutant of mutantsOf(program, sessions, index, random)) {
          const broken = surelyBroken(program, mutant.sessions);
          const told = new Set(verifyParsed(program, planOf(program, mutant.sessions)).violations.map(({ rule }) => rule));
          // A session whose people do not fit its kind is told as such, and stands in no other rule.
          if (told.has('plan-shape')) continue;
          for (const rule of broken) {
            seen.set(rule, (seen.get(rule) ?? 0) + 1);
            expect([...told], `seed ${seed}, ${sessions[index]!.id} ${mutant.name}`).toContain(rule);
          }
        }
      }
    }
    for (const rule of RULES_SEEN) expect(seen.get(rule) ?? 0, rule).toBeGreaterThan(5);
  });

  test('do not reach their minimums where no session can be spared', () => {
    let needed = 0;
    for (let seed = 1; seed <= runs(30); seed++) {
      const { program, planted } = generate({ tier: 'one', weeks: 1, seed, tightness: 'tight' });
      const parsed = parseProgram(program);
      if (!parsed.ok) throw new Error('the program is not valid');
      for (const one of planted.sessions) {
        const owners = parsed.program.couples.flatMap((couple) => [
          { id: couple.id, care: couple.jointCare, stay: {} },
          ...couple.partners,
        ]);
        const owner = owners.find(({ id }) => id === (one.couple ?? one.attendees[0]));
        const item = owner?.care.find(({ service, fromWeek, toWeek }) => service === one.service && fromWeek === 1 && toWeek === undefined);
        const mine = planted.sessions.filter((other) => other.service === one.service && other.attendees.includes(one.attendees[0]!));
        const whole = parsed.program.couples.every(
          ({ partners, jointWork }) => jointWork.from === undefined && partners.every(({ stay }) => stay === undefined),
        );
        if (!whole || one.group !== undefined || one.booking !== undefined || item?.everyWeeks !== 1 || item.sessions.min < mine.length)
          continue;
        needed++;
        const { violations } = verifyParsed(
          parsed.program,
          planOf(
            parsed.program,
            planted.sessions.filter((other) => other !== one),
          ),
        );
        expect(
          violations.map(({ rule }) => rule),
          `seed ${seed}, ${one.id}`,
        ).toContain('care-frequency');
      }
    }
    expect(needed).toBeGreaterThan(10);
  });
});
