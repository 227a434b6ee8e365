import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/domain/plan.ts';
import { SOFT_RULES } from '../../../src/domain/weights.ts';
import { InvalidProgramError } from '../../../src/errors.ts';
import { personReport } from '../../../src/report/person-report.ts';
import { summary } from '../../../src/report/summary.ts';
import { verify } from '../../../src/verify/verify.ts';
import { coupleOf, partnerOf, PHOENIX, planOf, programOf, therapistOf, visit } from '../../support/soft-fixtures.ts';

const authorities = [{ state: 'NY' }, { state: 'AZ' }];
const program = programOf({
  couples: [coupleOf(partnerOf('a', { name: 'Ann' }), partnerOf('b', { name: 'Bea', locations: PHOENIX }))],
  clients: [partnerOf('d')],
  therapists: ['t1', 't2', 't3'].map((id) => therapistOf(id, { authorities, name: 'Tess' })),
});
const sessions = [
  visit('ind', '2026-10-05T10:00-04:00', ['a'], { with: ['t1'] }),
  visit('ind', '2026-10-05T10:00-04:00', ['b'], { with: ['t2'] }),
  visit('joint', '2026-10-07T10:00-04:00', ['a', 'b'], { with: ['t3'] }),
];
const plan: Plan = {
  ...planOf(sessions),
  unmet: [
    { rule: 'joint-gate', entities: ['c', 'joint'], week: 1, required: 2, planned: 1 },
    { rule: 'care-frequency', entities: ['d', 'ind'], required: 1, planned: 0 },
  ],
  clockChanges: [{ session: 'grp-1', person: 'a', usual: '10:00', actual: '11:00' }],
};

describe('summary', () => {
  it('begins with what the plan is, and its counts', () => {
    // few-days: the 5th and the 7th for both partners: (1 + 1) x 4.
    expect(summary(program, plan).split('\n').slice(0, 4)).toEqual([
      'Plan of program, 2026-10-05 to 2026-10-11',
      '3 sessions, score 8, no violations, 2 unmet',
      'made with version 0.1.0, tzdata unknown',
      '',
    ]);
    expect(summary(program, planOf([]))).toContain('\nno sessions, score 0, no violations, nothing unmet\n');
  });

  it('has a section for each person that is what the person alone receives', () => {
    const text = summary(program, plan);
    for (const id of ['a', 'b', 'd', 't1', 't2', 't3']) {
      const section = personReport(program, { ...plan, unmet: [], clockChanges: [] }, id)
        .split('\n')
        .slice(2, -1)
        .join('\n');
      expect(section).toMatch(/^(Partner|Client|Therapist) /);
      expect(text).toContain(`\n\n${section}\n\n`);
    }
  });

  it('lists everything unmet and every clock change', () => {
    const text = summary(program, plan);
    expect(text).toContain(
      [
        'Unmet (planned of required)',
        '  joint-gate      week 1  1 of 2  sessions  c, joint',
        '  care-frequency          0 of 1  sessions  d, ind',
        '',
        'Local starts that a change of clocks moves',
        '  a  10:00 -> 11:00  session grp-1',
        '',
      ].join('\n'),
    );
  });

  it('lists every soft rule with its cost, as verify finds it', () => {
    const { score } = verify(program, plan);
    const text = summary(program, plan);
    const told = text.slice(text.indexOf('\nScore\n')).trimEnd().split('\n').slice(2);
    expect(told.map((line) => line.trim().split(/ +/))).toEqual([
      ...SOFT_RULES.map((rule) => [rule, String(score.byRule[rule])]),
      ['total', String(score.total)],
    ]);
    expect(score.byRule['few-days']).toBe(8);
  });

  it('counts violations by rule', () => {
    // One therapist, one hour, two sessions: b's therapist is a's too.
    const bad = planOf(sessions.map((each) => ({ ...each, therapists: ['t1'] })));
    const { violations } = verify(program, bad);
    const counts = new Map<string, number>();
    for (const { rule } of violations) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    expect(counts.get('no-overlap')).toBeGreaterThan(0);
    const text = summary(program, bad);
    const told = text
      .slice(text.indexOf('\nViolations\n') + 1, text.indexOf('\n\nScore\n'))
      .split('\n')
      .slice(1);
    const rows = told.map((line) => line.trim().split(/ +/));
    expect(new Map(rows.map(([rule, count]) => [rule, Number(count)]))).toEqual(new Map([...counts, ['total', violations.length]]));
    expect(text).toContain(`, ${violations.length} violations, `);
    expect(summary(program, plan)).not.toContain('Violations');
  });

  it('never writes names, and keeps to 100 columns', () => {
    const text = summary(program, plan);
    expect(text).not.toMatch(/Ann|Bea|Tess/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('changes neither program nor plan', () => {
    const before = JSON.stringify([program, plan]);
    summary(program, plan);
    expect(JSON.stringify([program, plan])).toBe(before);
  });

  it('throws on a program that is not valid', () => {
    expect(() => summary({ ...program, id: '' }, plan)).toThrow(InvalidProgramError);
  });
});
