import { describe, expect, it } from 'vitest';
import { jointGate } from '../../../../src/verify/rules/joint-gate.ts';
import { booked, ind, joint, kept, make, meeting, PHOENIX, run, type Parts } from '../../../support/verify-fixtures.ts';

const gate = (jointWork: Parts['c']['jointWork'], change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.c.jointWork = jointWork;
    change(parts);
  });

describe('joint-gate', () => {
  it.each(['pending', 'suspended', 'barred'] as const)('is closed while %s, whatever the date', (status) => {
    const session = joint('wed 10:00');
    expect(run(jointGate, gate({ status, from: '2026-01-01' }), [session])).toEqual([[[session.id, 'c'], 1, 1]]);
  });

  it("opens on its date in the horizon's zone", () => {
    const there = gate({ status: 'cleared', from: '2026-10-07' }, ({ a, b }) => {
      a.locations = [{ zone: PHOENIX, state: 'NY' }];
      b.locations = a.locations;
    });
    // Wednesday 00:00 in New York is Tuesday 21:00 in Phoenix.
    expect(run(jointGate, there, [joint('wed 00:00')])).toEqual([]);
    expect(run(jointGate, there, [joint('tue 23:59')])).toHaveLength(1);
  });

  it('closes meetings with both partners, and leaves each alone and individual care', () => {
    const program = gate({ status: 'pending' });
    const together = meeting('thu 18:00', ['a', 'b']);
    expect(run(jointGate, program, [meeting('tue 18:00', ['a']), ind('a', 'mon 10:00'), ind('b', 'mon 10:00')])).toEqual([]);
    expect(run(jointGate, program, [together])).toEqual([[[together.id, 'c'], 1, 1]]);
  });

  it('is not asked of facts', () => {
    const program = gate({ status: 'suspended' }, ({ program: { bookings } }) => {
      bookings!.push(booked('d', 'delivered', joint('mon 10:00')), booked('l', 'locked', joint('tue 10:00')));
    });
    expect(run(jointGate, program, [kept('d', joint('mon 10:00')), kept('l', joint('tue 10:00'))])).toEqual([[['l', 'c'], 1, 1]]);
  });
});
