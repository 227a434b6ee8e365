import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../vitest.shared.ts';
import { between, runExample, type Run } from './run-example.ts';

test('every folder of examples has a script of its name', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const named = Object.keys(scripts).flatMap((name) => (name.startsWith('example:') ? [name.slice('example:'.length)] : []));
  expect(readdirSync(join(root, 'examples')).sort()).toEqual(named.sort());
});

describe('couple', () => {
  let run: Run;
  beforeAll(() => {
    run = runExample('couple');
  }, 60_000);

  test('ends well, with a plan and no violation', () => {
    expect(run).toMatchObject({ code: 0, errors: '' });
    expect(run.output).toMatch(/^(optimal|feasible): score \d+/m);
    expect(run.output).toMatch(/^violations: 0$/m);
    // Per week: three groups and a joint session for both, two individual sessions each.
    expect(run.output).toContain('the plan holds 16 sessions');
  });

  test('keeps New York at 18:00, and moves Phoenix from 15:00 to 16:00 with the end of DST on 1 November', () => {
    const ana = between(run.output, '--- for p-ana', '--- for p-ben');
    const ben = between(run.output, '--- for p-ben', '--- score');
    for (const date of ['mon 2026-10-26', 'mon 2026-11-02']) expect(ana).toMatch(new RegExp(`${date}  18:00-20:00  svc-group`));
    expect(ben).toMatch(/mon 2026-10-26 {2}15:00-17:00 {2}svc-group/);
    expect(ben).toMatch(/mon 2026-11-02 {2}16:00-18:00 {2}svc-group/);
    expect(ben).toContain('15:00 -> 16:00  session g-evening');
    expect(ana).not.toContain('->');
  });

  test('meets the minimum of nine hours with nothing to spare, in both weeks and for both', () => {
    for (const week of [1, 2]) {
      expect(run.output.match(new RegExp(`^ +week ${week} +9:00 +9:00 +15:00$`, 'gm'))).toHaveLength(2);
    }
  });

  test.each([
    ['p-ana', '--- for p-ben', 'p-ben'],
    ['p-ben', '--- score', 'p-ana'],
  ])('tells %s nothing of the other but joint sessions', (id, end, other) => {
    const own = between(run.output, `--- for ${id}`, end);
    const lines = own.split('\n').filter((line) => line.includes(other));
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.includes('svc-joint'))).toBe(true);
    expect(own).not.toContain(therapistOf(run.output, other));
  });
});

describe('clinic', () => {
  let run: Run;
  beforeAll(() => {
    run = runExample('clinic');
  }, 120_000);

  test('ends well, with a plan and no violation', () => {
    expect(run).toMatchObject({ code: 0, errors: '' });
    expect(run.output).toMatch(/^(optimal|feasible): score \d+/m);
    expect(run.output).toMatch(/^violations: 0$/m);
    expect(run.output).toMatch(/^ {2}excess-minutes +\d+$/m);
  });

  test('prints a digest, not the whole plan', () => {
    expect(run.output.split('\n').length).toBeLessThan(200);
  });

  test('gives each of the twenty partners nine to eleven hours in every full week', () => {
    const table = between(run.output, 'Credited hours', 'Plan of').split('\n');
    const rows = table.filter((line) => line.startsWith('  p-'));
    expect(rows).toHaveLength(20);
    const full = rows.flatMap((row) => row.slice(10, 70).match(/\d+(\.\d+)?[ *]/g) ?? []).filter((cell) => !cell.endsWith('*'));
    // Twenty partners for twelve weeks; c-09 starts on the Wednesday of week 3, c-10 leaves after week 10: 2 x 3 + 2 x 2 weeks less.
    expect(full).toHaveLength(230);
    expect(full.map(Number).filter((hours) => hours < 9 || hours > 11)).toEqual([]);
  });

  test('tells the week of a trip in the zone of the trip', () => {
    const ros = between(run.output, 'Partner p-ros', 'Therapist t-fir');
    expect(between(ros, '  Week 6', '  Hours')).toContain('local time of America/Los_Angeles');
    expect(between(ros, '  Week 5', '  Week 6')).not.toContain('America/Los_Angeles');
  });
});

describe('no-plan', () => {
  let run: Run;
  beforeAll(() => {
    run = runExample('no-plan');
  }, 60_000);

  test('ends well: no plan, proved, and with a mend there is one', () => {
    expect(run).toMatchObject({ code: 0, errors: '' });
    expect(run.output).toMatch(/^infeasible: it is proved/m);
    expect(run.output).toMatch(/^best effort: \d+ minimums missed, other violations: 0$/m);
    // Three groups, three individual sessions each, one joint session.
    expect(run.output).toMatch(/^with an authority for PA: (optimal|feasible), 10 sessions, violations: 0$/m);
  });

  test('names the rules in conflict and those concerned', () => {
    const conflict = between(run.output, '1 conflict', 'the best effort');
    expect(conflict).toMatch(/rules: .*\bauthority\b/);
    expect(conflict).toMatch(/rules: .*\bcare-frequency\b/);
    expect(conflict).toMatch(/entities: .*\bc-1\b/);
  });
});

/** The therapist of a partner's individual sessions, as the partner's own report names them. */
function therapistOf(output: string, id: string): string {
  const report = between(output, `--- for ${id}`, '---');
  const therapist = /svc-individual {2}(\S+)$/m.exec(report)?.[1];
  if (therapist === undefined) throw new Error(`no individual session of ${id}`);
  return therapist;
}
