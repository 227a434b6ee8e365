import { expect, test } from 'vitest';
import { exportModel, readSolution } from '../../../src/export.ts';
import type { Program } from '../../../src/domain/program.ts';
import { verify } from '../../../src/verify/verify.ts';
import { solveModel } from '../../support/export-engine.ts';

const free = (days: ('mon' | 'tue' | 'sat')[]) => ({
  locations: [{ zone: 'UTC', state: 'NY' }],
  availability: { weekly: [{ days, start: '09:00', end: '10:00' }] },
});

/** One client who is free on one weekday and needs a third session, with delivered ones on Monday and on a later date. */
function deliveredOn(date: string, freeOn: 'tue' | 'sat'): Program {
  return {
    schemaVersion: 1,
    id: 'facts',
    horizon: { start: '2026-10-05', weeks: 2, zone: 'UTC', slotMinutes: 60 },
    services: [{ id: 'talk', kind: 'individual', minutes: 60 }],
    policies: [{ id: 'close', weeklyMinutes: { min: 0 }, maxFreeDays: 1 }],
    therapists: [{ id: 't', ...free(['mon', 'tue', 'sat']), services: ['talk'], authorities: [{ state: 'NY' }] }],
    couples: [],
    clients: [
      { id: 'p', ...free([freeOn]), policy: 'close', care: [{ service: 'talk', sessions: { min: 0, max: 3 }, total: { min: 3 } }] },
    ],
    bookings: ['2026-10-05', date].map((day, index) => ({
      id: `b${index}`,
      service: 'talk',
      start: `${day}T09:00:00Z`,
      therapists: ['t'],
      attendees: ['p'],
      state: 'delivered',
    })),
  };
}

test('a gap that facts alone leave may be made smaller, in the week that tells of it', () => {
  // From Monday to Saturday lie four free dates, from Tuesday to Saturday three.
  const program = deliveredOn('2026-10-10', 'tue');
  const solved = solveModel(exportModel(program));
  const { violations } = verify(program, readSolution(exportModel(program), solved!.values));
  expect(violations).toEqual([]);
});

test('a gap that facts leave in one week is no excuse for one in another', () => {
  // The gap of facts is told of in the second week, that from Monday 5 to Saturday 10 October in the first.
  const program = deliveredOn('2026-10-16', 'sat');
  const model = exportModel(program);
  const between = model.variables.filter(({ name }) => name.includes('20261010') && name.startsWith('session.')).map(({ name }) => name);
  const { violations } = verify(program, readSolution(model, { [between[0]!]: 1 }));
  expect(violations).toMatchObject([{ rule: 'free-days', week: 1 }]);
  // The other Saturday follows the second fact at once.
  const solved = solveModel(model)!;
  expect(solved.values.get(between[0]!)).toBe(0);
  expect(verify(program, readSolution(model, solved.values)).violations).toEqual([]);
});
