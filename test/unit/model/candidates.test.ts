import { describe, expect, test } from 'vitest';
import type { Booking } from '../../../src/domain/booking.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { bare, compiled, householdOf, only, rel, rowsOf, startsOf } from '../../support/model-fixtures.ts';
import { booked, ind, item, joint, PHOENIX, session, type Parts } from '../../support/verify-fixtures.ts';

/** Partner a wants individual care (50 minutes), on Monday from 10:00 to 11:30; `ta` is free from 10:20, all others never. */
function individual(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { a, ta, tb, tc, tg, tx } = parts;
    a.care = [item('ind')];
    a.availability = only('mon 10:00-11:30');
    ta.availability = only('mon 10:20-12:00');
    for (const other of [tb, tc, tg, tx]) other.availability = { weekly: [] };
    change(parts);
  });
}

/** Both partners want joint care (50 minutes), a and `tc` on Monday from 10:00 to 12:00, b from 10:30 to 11:30. */
function jointly(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { a, b, c, tc, tx } = parts;
    c.jointCare = [item('joint')];
    a.availability = only('mon 10:00-12:00');
    b.availability = only('mon 10:30-11:30');
    tc.availability = only('mon 10:00-12:00');
    tx.availability = { weekly: [] };
    change(parts);
  });
}

describe('individual sessions', () => {
  test('start on the grid, where attendee and therapist are free to the end', () => {
    // 50 minutes within 10:20 to 11:30, on quarter hours.
    expect(rowsOf(individual())).toEqual([{ start: 'mon 10:30', minutes: 50, role: 0, item: 0, therapist: 'ta', persons: 1 }]);
    expect(startsOf(individual(({ program }) => (program.horizon.slotMinutes = 5)))).toEqual(
      ['10:20', '10:25', '10:30', '10:35', '10:40'].map((time) => `mon ${time}`),
    );
  });

  test('count the grid from midnight of the first date, whatever the window', () => {
    const odd = individual(({ a, ta }) => {
      a.availability = ta.availability = only('mon 10:07-11:30');
    });
    expect(startsOf(odd)).toEqual(['mon 10:15', 'mon 10:30']);
  });

  test('lie wholly inside the horizon', () => {
    const late = individual(({ a, ta }) => {
      a.availability = ta.availability = only('sun 22:50-02:00');
    });
    // The last one ends at 23:50; another would end at 00:05. Those before 01:10 on Monday are of the Sunday before.
    expect(startsOf(late)).toEqual([...['00:00', '00:15', '00:30', '00:45', '01:00'].map((time) => `mon ${time}`), 'sun 23:00']);
  });

  test('not before planning may begin', () => {
    const later = individual(({ program }) => {
      program.horizon.slotMinutes = 5;
      program.horizon.notBefore = '2026-10-05T10:31:00-04:00';
    });
    expect(startsOf(later)).toEqual(['mon 10:35', 'mon 10:40']);
  });

  test('touch no closure', () => {
    const closed = individual(({ program, a, ta }) => {
      a.availability = ta.availability = only('mon 23:00-01:00');
      program.horizon.closures = [{ from: '2026-10-06', to: '2026-10-06' }];
    });
    expect(startsOf(closed)).toEqual(['mon 23:00']);
  });

  test('lie inside the stay, on the attendee’s own date, in weeks in which an item is active', () => {
    const everyDay = { weekly: [{ start: '10:00', end: '11:00' }] };
    const staying = individual(({ a, ta }) => {
      [a.availability, ta.availability] = [everyDay, everyDay];
      a.stay = { from: '2026-10-06', to: '2026-10-07' };
    });
    expect(startsOf(staying)).toEqual(['tue 10:00', 'wed 10:00']);
    const second = individual(({ program, a, ta }) => {
      program.horizon.weeks = 2;
      [a.availability, ta.availability] = [only('mon 10:00-11:00'), everyDay];
      a.care = [item('ind', { toWeek: 1 }), item('ind', { fromWeek: 2 })];
    });
    expect(rowsOf(second).map((row) => row.item)).toEqual([0, 1]);
  });

  test('count slot, week and dates on the attendee’s clock', () => {
    const { candidates } = householdOf(
      individual(({ program, a, ta }) => {
        program.horizon.weeks = 2;
        a.locations = [{ zone: 'Asia/Tokyo', state: 'NY' }];
        // Sunday 22:00 in New York is Monday, 11:00 in Tokyo: a date and a week later.
        ta.availability = only('sun 22:00-22:50');
        a.availability = { weekly: [{ start: '00:00', end: '24:00' }] };
      }),
    );
    // A week later it is the Monday after the stay, which is the horizon's dates.
    expect([...candidates.start]).toEqual([rel('sun 22:00')]);
    expect([candidates.slot[0], candidates.week[0]]).toEqual([11 * 60, 2]);
    // Clocks: a's, b's, the horizon's.
    expect(candidates.days.map((days) => days[0])).toEqual([7, 6, 6]);
  });
});

describe('therapists of a session', () => {
  const servers = (change: (parts: Parts) => void): string[] =>
    rowsOf(
      individual((parts) => {
        parts.ta.availability = parts.tx.availability = only('mon 10:30-11:20');
        change(parts);
      }),
    ).map(({ therapist }) => therapist!);

  test('all who are free and offer the service', () => {
    expect(servers(() => undefined)).toEqual(['ta', 'tx']);
    expect(servers(({ ta }) => (ta.services = ['check']))).toEqual(['tx']);
  });

  test.each(['daily', 'weekly', 'run'] as const)('can hold it at all within their own limit (%s)', (which) => {
    const limits = (minutes: number) =>
      which === 'run' ? { run: { minutes, breakMinutes: 0 } } : { [which === 'daily' ? 'dailyMinutes' : 'weeklyMinutes']: minutes };
    expect(servers(({ ta }) => (ta.limits = limits(50)))).toEqual(['ta', 'tx']);
    expect(servers(({ ta }) => (ta.limits = limits(49)))).toEqual(['tx']);
  });

  test('have room for one more in care, or have the attendee among those already', () => {
    const standing = (booking: Booking, caseload: number) => (parts: Parts) => {
      parts.ta.limits = { caseload };
      parts.b.care = [item('ind'), item('check')];
      parts.program.bookings = [booking];
    };
    const delivered = booked('b1', 'delivered', ind('b', 'tue 10:00', 'ta'));
    const check = booked('b1', 'delivered', session('check', 'tue 10:00', ['ta'], ['b']));
    // The second booking is a's own; its row stands beside the two.
    const ofA = booked('b1', 'delivered', ind('a', 'tue 10:00', 'ta'));
    expect(servers(({ ta }) => (ta.limits = { caseload: 0 }))).toEqual(['tx']);
    expect(servers(standing(delivered, 2))).toContain('ta');
    const others = (booking: Booking) =>
      rowsOf(individual(standing(booking, 1)))
        .filter(({ start, persons }) => start === 'mon 10:30' && persons === 1)
        .map(({ therapist }) => therapist);
    expect(others(delivered)).toEqual([]);
    expect(others({ ...delivered, state: 'missed' })).toEqual(['ta']);
    expect(others(check)).toEqual(['ta']);
    expect(others(ofA)).toEqual(['ta']);
  });

  test('hold no other role toward the couple by a booking that stands, unless the service is of a shared role', () => {
    const after = (booking: Booking, service: 'ind' | 'check' = 'ind') =>
      servers(({ program, a, b, c }) => {
        a.care = [item(service)];
        b.care = [item('ind')];
        c.jointCare = [item('joint')];
        a.stay = b.stay = { from: '2026-09-28' };
        b.availability = { weekly: [] };
        program.bookings = [booking];
      }).filter((id) => id !== 'tb');
    const ofB = booked('b1', 'delivered', ind('b', 'sun-1 10:00', 'ta'));
    expect(new Set(after(ofB))).toEqual(new Set(['tx']));
    expect(new Set(after(booked('b1', 'delivered', joint('sun-1 10:00', 'tx'))))).toEqual(new Set(['ta']));
    expect(new Set(after({ ...ofB, state: 'missed' }))).toEqual(new Set(['ta', 'tx']));
    expect(new Set(after(ofB, 'check'))).toEqual(new Set(['ta', 'tx']));
    expect(new Set(after(booked('b1', 'delivered', ind('a', 'sun-1 10:00', 'ta'))))).toEqual(new Set(['ta', 'tx']));
  });

  test('have every attribute that the attendee requires', () => {
    const required = ({ a, ta, tx }: Parts): void => {
      a.requires = ['emdr', 'spanish'];
      [ta.attributes, tx.attributes] = [['emdr'], ['spanish', 'other', 'emdr']];
    };
    expect(servers(required)).toEqual(['tx']);
  });

  test('do not block the attendee', () => expect(servers(({ ta }) => (ta.blocked = ['b', 'a']))).toEqual(['tx']));

  test('are the one whom the item names', () => expect(servers(({ a }) => (a.care = [item('ind', { therapist: 'tx' })]))).toEqual(['tx']));

  test('may practise where the attendee is then, on the attendee’s date', () => {
    expect(servers(({ a }) => (a.locations = [{ zone: PHOENIX, state: 'AZ' }]))).toEqual([]);
    expect(servers(({ ta }) => (ta.authorities = [{ state: 'NY', from: '2026-10-06' }]))).toEqual(['tx']);
  });

  test('cost what their start costs, weight by weight', () => {
    const priced = individual(({ program, a }) => {
      a.prefers = { times: [{ start: '11:00', end: '12:00' }] };
      program.weights = { 'preferred-times': 3 };
    });
    // 10:30 to 11:20: 30 minutes before the window starts are 2 units.
    expect([...householdOf(priced).candidates.cost]).toEqual([6]);
  });

  test('lack what is preferred: a cost of the role, not of the session', () => {
    const [role] = householdOf(
      individual(({ a, ta, tx }) => {
        ta.availability = tx.availability = only('mon 10:30-11:20');
        a.prefers = { attributes: ['emdr', 'spanish', 'evenings'] };
        tx.attributes = ['spanish'];
      }),
    ).roles;
    // 10 for each of three, and of two; ta is therapist 0, tx is 4.
    expect([role!.domain, role!.lacking]).toEqual([
      [0, 4],
      [30, 20],
    ]);
  });
});

describe('joint sessions', () => {
  test('lie in the time of both partners', () => {
    expect(rowsOf(jointly())).toEqual([{ start: 'mon 10:30', minutes: 50, role: 0, item: 0, therapist: 'tc', persons: 3 }]);
  });

  test('ask for authority in both partners’ states', () => {
    const apart = (states: string[]) =>
      jointly(({ b, tc }) => {
        b.locations = [{ zone: 'America/New_York', state: 'NJ' }];
        tc.authorities = states.map((state) => ({ state }));
      });
    expect(rowsOf(apart(['NY']))).toEqual([]);
    expect(rowsOf(apart(['NY', 'NJ']))).toHaveLength(1);
  });

  test('wait for the gate, on the horizon’s date', () => {
    expect(rowsOf(jointly(({ c }) => (c.jointWork = { status: 'suspended' })))).toEqual([]);
    expect(rowsOf(jointly(({ c }) => (c.jointWork = { status: 'cleared', from: '2026-10-06' })))).toEqual([]);
    expect(rowsOf(jointly(({ c }) => (c.jointWork = { status: 'cleared', from: '2026-10-05' })))).toHaveLength(1);
  });

  test('need childcare to the end where the partners live together, and none where they do not', () => {
    const covered = (end: string, state = 'NY') =>
      jointly(({ b, c, tc }) => {
        c.household = { childcare: { zone: 'America/New_York', covered: [{ start: '10:00', end }] } };
        b.locations = [{ zone: 'America/New_York', state }];
        tc.authorities = [{ state: 'NY' }, { state: 'NJ' }];
      });
    expect(rowsOf(covered('11:20'))).toHaveLength(1);
    expect(rowsOf(covered('11:15'))).toEqual([]);
    expect(rowsOf(covered('11:15', 'NJ'))).toHaveLength(1);
  });

  test('cost what both would rather have', () => {
    const priced = jointly(({ a, b }) => {
      a.prefers = { times: [{ start: '10:00', end: '11:00' }] };
      b.prefers = { times: [{ days: ['tue'], start: '10:00', end: '12:00' }] };
    });
    // a: 20 minutes after the window's end are 2 units; b: no window on Mondays, 16.
    expect([...householdOf(priced).candidates.cost]).toEqual([18]);
  });
});

describe('seats at meetings', () => {
  /** Both partners may attend group g on Tuesday and Thursday at 18:00 (90 minutes). */
  const seated = (change: (parts: Parts) => void = () => undefined): Compiled =>
    compiled((parts) => {
      const { g } = parts;
      bare(parts);
      parts.program.groups = [g];
      parts.a.care = [item('grp')];
      parts.b.care = [item('grp')];
      change(parts);
    });
  const seats = (all: Compiled) => rowsOf(all).map(({ start, persons }) => `${start} ${persons}`);

  test('one for each partner who is free for all of it', () => {
    expect(seats(seated())).toEqual(['tue 18:00 1', 'tue 18:00 2', 'thu 18:00 1', 'thu 18:00 2']);
    const busy = seated(({ a }) => (a.availability = only('tue 18:00-19:29', 'thu 17:00-19:30')));
    expect(seats(busy)).toEqual(['tue 18:00 2', 'thu 18:00 1', 'thu 18:00 2']);
  });

  test('in the group that the item names', () => {
    const named = seated(({ program, a, g }) => {
      program.groups = [g, { ...g, id: 'h', meetings: { at: [{ day: 'wed', start: '18:00' }] } }];
      a.care = [item('grp', { group: 'h' })];
    });
    expect(seats(named)).toEqual(['tue 18:00 2', 'wed 18:00 1', 'wed 18:00 2', 'thu 18:00 2']);
  });

  test('under leaders who may meet the partner; the options are bits', () => {
    const options = (change: (parts: Parts) => void) => [...householdOf(seated(change)).candidates.options].slice(0, 2);
    // Option 0 is tg, option 1 is tx; the first two rows are of Tuesday.
    expect(options(() => undefined)).toEqual([3, 3]);
    expect(options(({ tg }) => (tg.blocked = ['a']))).toEqual([2, 3]);
    expect(options(({ b, tx }) => ((tx.blocked = ['b']), (b.requires = ['anything'])))).toEqual([3, 1]);
    expect(seats(seated(({ tg, tx }) => (tg.blocked = tx.blocked = ['a'])))).toEqual(['tue 18:00 2', 'thu 18:00 2']);
  });

  test('pair where both are to attend the same meetings, and part where they must not', () => {
    const flags = (change: (parts: Parts) => void) => {
      const { candidates } = householdOf(seated(change));
      return { pairable: [...candidates.pairable], apart: [...candidates.apart] };
    };
    const all = (value: number) => [value, value, value, value];
    expect(flags(() => undefined)).toEqual({ pairable: all(0), apart: all(0) });
    expect(flags(({ c }) => (c.groupsTogether = 'always'))).toEqual({ pairable: all(1), apart: all(0) });
    expect(flags(({ c }) => (c.groupsTogether = 'never'))).toEqual({ pairable: all(0), apart: all(1) });
    // A closed gate suspends the wish, and lets the two not meet. It opens on Wednesday.
    const gated = ({ c }: Parts): void => {
      c.groupsTogether = 'always';
      c.jointWork = { status: 'cleared', from: '2026-10-07' };
    };
    expect(flags(gated)).toEqual({ pairable: [0, 0, 1, 1], apart: [1, 1, 0, 0] });
  });

  test('part where one partner must be with the children', () => {
    const { candidates } = householdOf(
      seated(({ c }) => {
        c.household = { childcare: { zone: 'America/New_York', covered: [{ days: ['tue'], start: '18:00', end: '19:30' }] } };
      }),
    );
    // Covered on Tuesday, and not on Thursday.
    expect([...candidates.apart]).toEqual([0, 0, 1, 1]);
  });

  test('do not pair with a partner who is not in that care then', () => {
    const { candidates } = householdOf(
      seated(({ b, c }) => {
        c.groupsTogether = 'always';
        b.stay = { to: '2026-10-06' };
      }),
    );
    // Tuesday: both; Thursday: a alone.
    expect([...candidates.pairable]).toEqual([1, 1, 0]);
  });
});
