import { describe, expect, test } from 'vitest';
import type { Conflict } from '../../../src/domain/outcome.ts';
import type { HardRule } from '../../../src/domain/weights.ts';
import { schedule } from '../../../src/schedule.ts';
import { bare, only } from '../../support/model-fixtures.ts';
import { booked, givePolicy, ind, make, type Parts } from '../../support/verify-fixtures.ts';

const ONCE = { min: 1, max: 1 };

/** Partner a needs one individual session, which `ta` alone may hold; both are free on Monday from 10:00 to 11:00. */
async function conflicts(change: (parts: Parts) => void): Promise<Conflict[]> {
  const program = make((parts) => {
    bare(parts);
    const { a, b, ta } = parts;
    parts.program.therapists = [ta];
    parts.program.horizon.slotMinutes = 60;
    a.care = [{ service: 'ind', sessions: ONCE }];
    a.availability = b.availability = ta.availability = only('mon 10:00-11:00');
    change(parts);
  });
  const outcome = await schedule(program, { workLimit: 200_000, timeLimitMs: Infinity });
  if (outcome.status !== 'infeasible') throw new Error(`the program of the test is ${outcome.status}`);
  return outcome.conflicts;
}

/** Each program has no plan; by hand, it has one exactly where any one of the rules named is set aside. */
const REASONS: [why: string, rules: HardRule[], change: (parts: Parts) => void][] = [
  ['the therapist is free on another day', ['availability', 'care-frequency'], ({ ta }) => (ta.availability = only('tue 10:00-11:00'))],
  [
    'the only day is closed (more hours would be on other days)',
    ['availability', 'closure', 'care-frequency'],
    ({ program }) => (program.horizon.closures = [{ from: '2026-10-05', to: '2026-10-05' }]),
  ],
  ['nobody may practise in the state', ['authority', 'care-frequency'], ({ ta }) => (ta.authorities = [{ state: 'NJ' }])],
  ['the therapist blocks the partner', ['blocked-pair', 'care-frequency'], ({ ta }) => (ta.blocked = ['a'])],
  ['nobody has what is required', ['qualified', 'care-frequency'], ({ a }) => (a.requires = ['emdr'])],
  [
    'the hours of the week are fewer than the session’s',
    ['weekly-maximum', 'care-frequency'],
    (parts) => givePolicy(parts, { weeklyMinutes: { min: 0, max: 49 } }),
  ],
  [
    'the day’s minutes are fewer than the session’s',
    ['daily-maximum', 'care-frequency'],
    (parts) => givePolicy(parts, { dailyMinutes: { max: 49 } }),
  ],
  [
    'more hours are due than one session gives, and there is one hour only',
    ['weekly-minimum'],
    ({ program, a }) => {
      program.policies = [{ id: 'p', weeklyMinutes: { min: 51 } }];
      a.policy = 'p';
    },
  ],
  [
    'more days are due than sessions are allowed',
    ['service-days', 'care-frequency'],
    ({ program, a, ta }) => {
      program.policies = [{ id: 'p', weeklyMinutes: { min: 0 }, serviceDays: { min: 2 } }];
      a.policy = 'p';
      a.availability = ta.availability = only('mon 10:00-11:00', 'tue 10:00-11:00');
    },
  ],
  [
    'two sessions on the only date that there is',
    ['availability', 'care-frequency', 'care-spacing'],
    ({ a, ta }) => {
      a.care = [{ service: 'ind', sessions: { min: 2, max: 2 } }];
      a.availability = ta.availability = only('mon 10:00-12:00');
    },
  ],
  [
    'two sessions by one therapist, each of two has one hour',
    ['availability', 'care-frequency', 'continuity'],
    ({ program, a, ta, tb }) => {
      program.therapists = [ta, tb];
      a.care = [{ service: 'ind', sessions: { min: 2, max: 2 } }];
      a.availability = only('mon 10:00-11:00', 'tue 10:00-11:00');
      tb.availability = only('tue 10:00-11:00');
    },
  ],
  [
    'the therapist named is away, another would do',
    ['availability', 'care-frequency', 'assigned'],
    ({ program, a, ta, tb }) => {
      program.therapists = [ta, tb];
      a.care = [{ service: 'ind', sessions: ONCE, therapist: 'tb' }];
      tb.availability = { weekly: [] };
    },
  ],
  [
    'one therapist for both partners',
    ['care-frequency', 'role-separation'],
    ({ a, b, ta }) => {
      b.care = [{ service: 'ind', sessions: ONCE }];
      a.availability = b.availability = ta.availability = only('mon 10:00-12:00');
    },
  ],
  [
    'one room for two sessions in one hour',
    ['availability', 'care-frequency', 'household-rooms'],
    ({ program, a, b, c, ta, tb }) => {
      program.therapists = [ta, tb];
      b.care = [{ service: 'ind', sessions: ONCE }];
      tb.availability = only('mon 10:00-11:00');
      a.availability = b.availability = only('mon 10:00-11:00');
      c.household = { privateRooms: 1 };
    },
  ],
  [
    'nobody with the children during the joint session',
    ['care-frequency', 'household-childcare'],
    ({ program, a, c, ta }) => {
      a.care = [];
      ta.services = ['joint'];
      c.jointCare = [{ service: 'joint', sessions: ONCE }];
      c.household = { childcare: { zone: 'America/New_York', covered: [] } };
      program.couples = [c];
    },
  ],
  [
    'hours due that joint care alone could give, behind a closed gate',
    ['weekly-minimum', 'joint-gate'],
    ({ program, a, c, ta }) => {
      program.policies = [{ id: 'p', weeklyMinutes: { min: 50 } }];
      a.care = [];
      a.policy = 'p';
      ta.services = ['joint'];
      c.jointCare = [{ service: 'joint', sessions: { min: 0, max: 1 } }];
      c.jointWork = { status: 'pending' };
    },
  ],
  [
    'a payer who grants none',
    ['care-frequency', 'authorization'],
    ({ a }) => (a.authorizations = [{ services: ['ind'], from: '2026-01-01', to: '2026-12-31', unit: 'session', total: 0 }]),
  ],
];

describe('one household without a plan', () => {
  test.each(REASONS)('%s', async (_, rules, change) => {
    const [conflict, ...others] = await conflicts(change);
    expect(others).toEqual([]);
    expect([...conflict!.rules].sort()).toEqual([...rules].sort());
    expect(conflict!.entities.slice(0, 3)).toEqual(['c', 'a', 'b']);
    for (const rule of rules) expect(conflict!.message).toContain(rule);
  });

  test('the conflict names those for whom alone a rule would have to be set aside', async () => {
    const [conflict] = await conflicts(({ program, ta, tb, tc }) => {
      program.therapists = [ta, tb, tc];
      // tb has another state too, tc does not offer the service.
      ta.authorities = tb.authorities = [];
      tb.availability = { weekly: [] };
    });
    // With authority, ta would do; tb would be away still; the service needs no fewer sessions than none.
    expect(conflict!.entities).toEqual(['c', 'a', 'b', 'ind', 'ta']);
  });

  test('where no single rule helps, it names what is due', async () => {
    const [conflict] = await conflicts(({ program, a, ta }) => {
      // No authority, and hours that nobody gives: two rules would have to go.
      ta.authorities = [];
      program.policies = [{ id: 'p', weeklyMinutes: { min: 50 } }];
      a.policy = 'p';
      ta.blocked = ['a'];
    });
    expect(conflict).toEqual({
      rules: ['care-frequency', 'weekly-minimum'],
      entities: ['c', 'a', 'b'],
      message: expect.stringContaining('no single rule') as string,
    });
  });
});

describe('several households', () => {
  test('a conflict for each that has no plan even alone', async () => {
    const found = await conflicts(({ program, a, ta }) => {
      ta.authorities = [];
      program.clients = [{ ...structuredClone(a), id: 'e' }];
    });
    expect(found.map(({ entities }) => entities)).toEqual([expect.arrayContaining(['c', 'a', 'b']), expect.arrayContaining(['e'])]);
  });

  test('those who have plans alone, but not together, with the therapist whom they share', async () => {
    const [conflict, ...others] = await conflicts(({ program, a }) => {
      program.clients = [{ ...structuredClone(a), id: 'e' }];
    });
    expect(others).toEqual([]);
    expect(conflict!.entities.slice(0, 3)).toEqual(['c', 'e', 'ta']);
    expect([...conflict!.rules].sort()).toEqual(['availability', 'care-frequency']);
  });
});

test('a locked booking that another rule forbids is the reason, by its id', async () => {
  const found = await conflicts(({ program, ta }) => {
    program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00'))];
    ta.blocked = ['a'];
  });
  expect(found).toEqual([{ rules: ['kept-booking'], entities: ['b1'], message: expect.stringContaining('b1') as string }]);
});
