import { describe, expect, it } from 'vitest';
import { caseload } from '../../../../src/verify/rules/caseload.ts';
import { booked, ind, joint, kept, make, meeting, run, session, type Parts } from '../../../support/verify-fixtures.ts';

const limited = (limit: number, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.tx.limits = { caseload: limit };
    parts.program.clients = ['d', 'e'].map((id) => ({ ...make().couples[0]!.partners[0], id }));
    change(parts);
  });

describe('caseload', () => {
  it('counts a couple in joint care once, partners in individual care each', () => {
    const sessions = [joint('mon 10:00', 'tx'), joint('tue 10:00', 'tx'), ind('d', 'wed 10:00', 'tx'), ind('e', 'thu 10:00', 'tx')];
    expect(run(caseload, limited(3), sessions)).toEqual([]);
    expect(run(caseload, limited(2), sessions)).toEqual([[['tx'], undefined, 1]]);
    expect(run(caseload, limited(0), [ind('d', 'wed 10:00', 'tx')])).toEqual([[['tx'], undefined, 1]]);
  });

  it('counts neither groups nor services of shared role', () => {
    const sessions = [meeting('tue 18:00', ['a', 'b'], { therapists: ['tx'] }), session('check', 'mon 10:00', ['tx'], ['d'])];
    expect(run(caseload, limited(0), sessions)).toEqual([]);
  });

  it('counts delivered sessions, but no missed ones and none before the horizon', () => {
    const program = limited(1, ({ program: { bookings, clients } }) => {
      clients![0]!.stay = { from: '2026-09-28' };
      bookings!.push(
        booked('h', 'delivered', ind('d', 'mon-1 10:00', 'tx')),
        booked('x', 'missed', ind('d', 'mon 10:00', 'tx')),
        booked('j', 'delivered', joint('tue 10:00', 'tx'), ['a']),
      );
    });
    const facts = [kept('x', ind('d', 'mon 10:00', 'tx')), kept('j', joint('tue 10:00', 'tx'))];
    expect(run(caseload, program, facts)).toEqual([]);
    expect(run(caseload, program, [...facts, ind('e', 'fri 10:00', 'tx')])).toEqual([[['tx'], undefined, 1]]);
  });
});
