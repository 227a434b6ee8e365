import { describe, expect, test } from 'vitest';
import { roundedUp, toldBy } from '../../../../bench/peers/answers.ts';
import { boundInLog } from '../../../../bench/peers/engines/cp-sat-log.ts';
import type { Event } from '../../../../bench/peers/job.ts';
import type { Program } from '../../../../src/domain/program.ts';
import { exportModel, readSolution } from '../../../../src/export.ts';

const free = {
  locations: [{ zone: 'UTC', state: 'NY' }],
  availability: { weekly: [{ days: ['mon' as const], start: '09:00', end: '11:00' }] },
};
/** One session at nine or at ten on Monday; nine is an hour, so four quarters, outside what the client prefers. */
const program: Program = {
  schemaVersion: 1,
  id: 'two-hours',
  horizon: { start: '2026-10-05', weeks: 1, zone: 'UTC', slotMinutes: 60 },
  services: [{ id: 'talk', kind: 'individual', minutes: 60 }],
  policies: [],
  therapists: [{ id: 't', ...free, services: ['talk'], authorities: [{ state: 'NY' }] }],
  couples: [],
  clients: [
    { id: 'p', ...free, prefers: { times: [{ start: '10:00', end: '11:00' }] }, care: [{ service: 'talk', sessions: { min: 1, max: 1 } }] },
  ],
};
const model = exportModel(program);
const at = (time: string): number => model.variables.findIndex(({ name }) => name === `session.p.talk.t.20261005T${time}Z`);
const values = (seconds: number, chosen: [variable: number, value: number][], claimed = 4): Event => ({
  kind: 'values',
  seconds,
  values: chosen,
  claimed,
});

describe('what an engine tells', () => {
  test('is scored by the verifier, whatever the engine claims; a claim below the score is a fault', () => {
    const { answers } = toldBy(program, model, [values(1, [[at('0900'), 1]], 9), values(2, [[at('0900'), 0.9999999]], 3), values(3, [[at('1000'), 1]], 0)]); // prettier-ignore
    expect(answers).toEqual([
      { seconds: 1, claimed: 9, score: 4, faults: [] },
      { seconds: 2, claimed: 3, score: 4, faults: ['claims 3, scores 4'] },
      { seconds: 3, claimed: 0, score: 0, faults: [] },
    ]);
  });

  test('counts for nothing where a hard rule is broken or the values are none of the model', () => {
    const { answers } = toldBy(program, model, [values(1, []), values(2, [[at('0900'), 1], [at('1000'), 1]]), values(3, [[at('1000'), 0.5]]), values(4, [[99, 1]])]); // prettier-ignore
    expect(answers.map(({ score }) => score)).toEqual([undefined, undefined, undefined, undefined]);
    expect(answers.map(({ faults }) => faults)).toEqual([
      ['breaks care-frequency'],
      ['breaks care-frequency, care-spacing'],
      ['no solution: not-integral'],
      ['no solution: unknown-variable'],
    ]);
  });

  test('may be a plan; scores told on the way count as far as a plan bears them out', () => {
    const plan = readSolution(model, new Map([[model.variables[at('0900')]!.name, 1]]));
    const told = (score: number): Event => ({ kind: 'score', seconds: 1, score });
    const end: Event = { kind: 'plan', seconds: 2, plan, claimed: 4 };
    expect(toldBy(program, model, [told(16), told(4), end])).toMatchObject({ scores: [{ value: 16 }, { value: 4 }], faults: [] });
    expect(toldBy(program, model, [told(16), told(3), end])).toMatchObject({
      answers: [{ score: 4 }],
      scores: [{ seconds: 1, value: 16 }],
      faults: ['tells 3, but its plans score 4'],
    });
    expect(toldBy(program, model, [told(16)])).toMatchObject({ scores: [], faults: ['tells 16, but its plans score nothing'] });
  });

  test('has bounds, which are rounded up, since scores are integers', () => {
    expect(toldBy(program, model, [{ kind: 'bound', seconds: 1, bound: 2.1 }]).bounds).toEqual([{ seconds: 1, value: 3 }]);
    expect([roundedUp(3), roundedUp(3.0000000001), roundedUp(2.9999999), roundedUp(-0.5)]).toEqual([3, 3, 3, -0]);
  });
});

describe('the log of CP-SAT', () => {
  test.each([
    ['#Bound   1.22s best:inf   next:[130,2041] initial_domain', { seconds: 1.22, bound: 130 }],
    ['#1       1.82s best:182   next:[132,181]  main (fixed_bools=0/714)', { seconds: 1.82, bound: 132 }],
    ['#12     61.00s best:-5    next:[-9,-6]    quick_restart', { seconds: 61, bound: -9 }],
    ['#Done    4.84s main', undefined],
    ['#Variables: 1388 (#bools: 198 #ints: 103 in objective)', undefined],
    ['Starting search at 0.96s with 2 workers.', undefined],
  ])('%s', (line, expected) => {
    expect(boundInLog(line)).toEqual(expected);
  });
});
