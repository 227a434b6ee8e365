import { describe, expect, test } from 'vitest';
import { exportModel, InvalidProgramError, InvalidSolutionError, LEFT_OUT, parseSolution, readSolution } from '../../../src/export.ts';
import type { Program } from '../../../src/domain/program.ts';
import { verify } from '../../../src/verify/verify.ts';
import { solveModel } from '../../support/export-engine.ts';

const free = {
  locations: [{ zone: 'UTC', state: 'NY' }],
  availability: { weekly: [{ days: ['mon' as const], start: '09:00', end: '11:00' }] },
};
const program: Program = {
  schemaVersion: 1,
  id: 'two-hours',
  horizon: { start: '2026-10-05', weeks: 1, zone: 'UTC', slotMinutes: 60 },
  services: [{ id: 'talk', kind: 'individual', minutes: 60 }],
  policies: [],
  therapists: [{ id: 't', ...free, services: ['talk'], authorities: [{ state: 'NY' }] }],
  couples: [],
  clients: [{ id: 'p', ...free, care: [{ service: 'talk', sessions: { min: 1, max: 1 } }] }],
};
const model = exportModel(program);
const [nine, ten] = ['session.p.talk.t.20261005T0900Z', 'session.p.talk.t.20261005T1000Z'] as const;

describe('an answer', () => {
  test('is read as a plan, from a map or an object, with what is missing 0 and integers not quite whole', () => {
    const plan = readSolution(model, new Map([[nine, 0.9999995], [ten, 4e-7], ['serves.p.talk.t', 1]])); // prettier-ignore
    expect(plan.sessions.map(({ start }) => start)).toEqual(['2026-10-05T09:00:00Z']);
    expect(plan).toEqual(readSolution(model, { [nine]: 1 }));
    expect(plan).toMatchObject({ program: 'two-hours', unmet: [], clockChanges: [], madeWith: { tzdata: expect.any(String) } });
    expect(verify(program, plan).violations).toEqual([]);
  });

  test('is not checked against the rules: minimums left unmet are told', () => {
    const plan = readSolution(model, {});
    expect(plan.unmet).toEqual([{ rule: 'care-frequency', entities: ['p', 'talk'], week: 1, required: 1, planned: 0 }]);
  });

  test.each([
    ['unknown-variable', 'session.q', 1],
    ['unknown-variable', '__proto__', 1],
    ['not-a-number', nine, NaN],
    ['not-a-number', nine, '1' as unknown as number],
    ['not-integral', nine, 0.5],
    ['not-integral', nine, 1 - 2e-6],
    ['out-of-bounds', nine, 2],
    ['out-of-bounds', nine, -1],
  ])('that is %s is refused (%s: %s)', (code, name, value) => {
    const error = thrownBy(() => readSolution(model, new Map([[name, value]])));
    expect(error).toBeInstanceOf(InvalidSolutionError);
    expect(error).toMatchObject({ code, path: [name], value });
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('a solution file', () => {
  const values = new Map([
    [nine, 1],
    [ten, 0],
    ['serves.p.talk.t', 1e-9],
  ]);
  const lines = [...values].map(([name, value]) => `${name} ${value}`);

  test('of HiGHS gives its columns, not its rows and status', () => {
    const text = [
      'Model status',
      'Optimal',
      '',
      '# Primal solution values',
      'Feasible',
      'Objective 0',
      '# Columns 3',
      ...lines,
      '# Rows 1',
      'row 7',
    ];
    expect(parseSolution(text.join('\n'))).toEqual(values);
  });

  test('of Gurobi gives its lines', () => {
    expect(parseSolution(['# Solution for model two_hours', '# Objective value = 0', ...lines, ''].join('\r\n'))).toEqual(values);
  });

  test('of CPLEX gives its variables', () => {
    const variables = [...values].map(([name, value], index) => `  <variable name="${name}" index="${index}" value="${value}"/>`);
    const text = [
      '<?xml version = "1.0"?>',
      '<CPLEXSolution>',
      ' <linearConstraints><constraint name="row" index="0" slack="0"/></linearConstraints>',
    ];
    expect(parseSolution([...text, ' <variables>', ...variables, ' </variables>', '</CPLEXSolution>'].join('\n'))).toEqual(values);
  });
});

describe('a model', () => {
  test('is made of valid programs only', () => {
    expect(() => exportModel({ id: 'x' } as Program)).toThrow(InvalidProgramError);
  });

  test('is the same each time, and leaves the program as it is', () => {
    const before = structuredClone(program);
    const again = exportModel(program);
    expect([again.name, again.variables, again.rows]).toEqual([model.name, model.variables, model.rows]);
    expect(program).toEqual(before);
    expect(model.complete).toBe(true);
  });

  test('has no solution where a locked booking cannot stand, and says which', () => {
    const bookings = [
      { id: 'b', service: 'talk', start: '2026-10-05T15:00:00Z', therapists: ['t'], attendees: ['p'], state: 'locked' as const },
    ];
    const broken = exportModel({ ...program, bookings });
    expect(broken.rows.map(({ name }) => name)).toContain('kept_booking.b');
    expect(solveModel(broken)).toBeUndefined();
  });

  test('without anything to choose is a model all the same', () => {
    const empty = exportModel({ ...program, clients: [] });
    expect(empty.variables).toHaveLength(1);
    expect(solveModel(empty)?.objective).toBe(0);
  });

  test('leaves no rule out', () => {
    expect(LEFT_OUT).toEqual([]);
  });
});
