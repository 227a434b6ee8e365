import { describe, expect, test } from 'vitest';
import { exportModel, toLp, toMps, type LinearModel } from '../../../src/export.ts';
import type { Program } from '../../../src/domain/program.ts';
import { plainModel, readLp, readMps } from '../../support/model-texts.ts';
import { tinyProgram } from '../../support/oracle/tiny-programs.ts';

const LONG = 'x'.repeat(64);
/** Ids that are no names in files: of objects, empty without what files lack, numbers, words of the formats, and two that are cut to one. */
const ODD_IDS = [
  '__proto__',
  'constructor',
  '日本',
  'e5',
  '1e9',
  'free',
  'a b',
  'a-b',
  'a+b',
  "<'&>:=;\\",
  `${LONG.slice(1)}1`,
  `${LONG.slice(1)}2`,
  '.',
];

/** Clients with such ids, each with one session at the same hours. */
function oddProgram(): Program {
  const free = { locations: [{ zone: 'UTC', state: 'NY' }], availability: { weekly: [{ start: '09:00', end: '11:00' }] } };
  return {
    schemaVersion: 1,
    id: 'a program: of "odd" ids',
    horizon: { start: '2026-10-05', weeks: 1, zone: 'UTC', slotMinutes: 60 },
    services: [{ id: 'e1', kind: 'individual', minutes: 60 }],
    policies: [],
    therapists: [{ id: 'inf', ...free, services: ['e1'], authorities: [{ state: 'NY' }] }],
    couples: [],
    clients: ODD_IDS.map((id) => ({ id, ...free, care: [{ service: 'e1', sessions: { min: 1, max: 1 } }] })),
  };
}

const handMade: LinearModel = {
  name: 'hand_made',
  variables: [
    { name: 'x.a', lower: -5, upper: 7.5, integer: false, cost: -2 },
    { name: 'x.b', lower: -Infinity, upper: Infinity, integer: false, cost: 0 },
    { name: 'x.c', lower: 0, upper: 1, integer: true, cost: 0.1 },
    { name: 'x.d', lower: 0, upper: Infinity, integer: true, cost: 0 },
    { name: 'x.e', lower: 3, upper: 3, integer: false, cost: 12 },
    { name: 'x.f', lower: -Infinity, upper: 4, integer: true, cost: 0 },
  ],
  rows: [
    { name: 'r.1', terms: [{ variable: 0, coefficient: -1.5 }, { variable: 2, coefficient: 1 }], sense: '>=', rhs: -4 }, // prettier-ignore
    { name: 'r.2', terms: [{ variable: 1, coefficient: 1 }, { variable: 3, coefficient: 2 }], sense: '=', rhs: 0 }, // prettier-ignore
    { name: 'r.3', terms: [{ variable: 5, coefficient: 1e-7 }], sense: '<=', rhs: 1e9 },
  ],
};

const models: [string, LinearModel][] = [
  ['bounds and senses of every kind', handMade],
  ['a program with odd ids', exportModel(oddProgram())],
  ...Array.from({ length: 12 }, (_, seed): [string, LinearModel] => [`tiny program ${seed}`, exportModel(tinyProgram(seed).program)]),
];

describe.each(models)('%s', (_, model) => {
  test('reads back from MPS as it was', () => {
    expect(readMps(toMps(model))).toEqual(plainModel(model));
  });

  test('reads back from LP as it was, in lines that readers take', () => {
    const text = toLp(model);
    expect(readLp(text)).toEqual(plainModel(model));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(560);
  });

  test('has names that are unique, short and safe in both formats', () => {
    for (const list of [model.variables, model.rows]) {
      const names = list.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !/^[A-Za-z][A-Za-z_.][A-Za-z0-9_.]{0,250}$/.test(name))).toEqual([]);
    }
    expect(model.name).toMatch(/^\w{1,40}$/);
  });
});

test('ids are told apart after what files cannot hold is replaced', () => {
  const { variables } = exportModel(oddProgram());
  const sessions = variables.filter(({ name }) => name.startsWith('session.')).map(({ name }) => name.split('.')[1]);
  // Two starts on each of seven dates.
  expect(sessions).toHaveLength(ODD_IDS.length * 2 * 7);
  expect(new Set(sessions).size).toBe(ODD_IDS.length);
  expect(sessions).toEqual(expect.arrayContaining(['__proto__', 'a_b', 'a_b_2', 'a_b_3']));
});

test('the constant of the objective is the cost of a variable that is 1', () => {
  const { variables } = exportModel({
    ...oddProgram(),
    clients: [{ ...oddProgram().clients![0]!, id: 'p', prefers: { times: [{ days: ['sun'], start: '00:00', end: '01:00' }] } }],
    bookings: [{ id: 'b', service: 'e1', start: '2026-10-05T09:00:00Z', therapists: ['inf'], attendees: ['p'], state: 'delivered' }],
  });
  // A delivered session on a date without preferred windows: 16 units of weight 1.
  expect(variables.find(({ name }) => name === 'constant')).toEqual({ name: 'constant', lower: 1, upper: 1, integer: false, cost: 16 });
});
