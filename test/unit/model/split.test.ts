import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../src/model/compile.ts';
import { split, type Component, type Split } from '../../../src/model/split.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { finish } from '../../support/model-fixtures.ts';
import { clientsOf, planFor } from '../../support/solver-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../support/verify-fixtures.ts';

const of = (all: Compiled): Split => finish(split(all.problem));

/** Clients of each component. */
const clients = (all: Compiled): string[][] =>
  of(all).components.map(({ households }) => households.map((index) => all.households[index]!.persons[0]!));

/** `q` can have `tb` only, all others `ta` only. */
function apart({ program, ta, tb }: Parts): void {
  ta.attributes = ['first'];
  tb.attributes = ['second'];
  for (const client of program.clients!) client.requires = [client.id === 'q' ? 'second' : 'first'];
}

/** The group `g`, on Tuesday and Thursday at 18:00, led by one of some therapists; some clients may come, nobody has to. */
function group(parts: Parts, leaders: string[], members: string[]): void {
  const { program, g, ta, tb, tg } = parts;
  program.therapists = [ta, tb, tg];
  program.groups = [{ ...g, leaders }];
  for (const therapist of program.therapists) if (leaders.includes(therapist.id)) therapist.services = ['ind', 'grp'];
  // `tg` serves no client alone, who all require an attribute.
  for (const client of program.clients!) if (members.includes(client.id)) client.care.push(item('grp'));
}

const grouped = (leaders: string[], members: string[], change: (parts: Parts) => void = () => undefined): Compiled =>
  clientsOf(['p', 'q', 'r'], (parts) => {
    apart(parts);
    group(parts, leaders, members);
    change(parts);
  });

describe('households are apart', () => {
  test('where no therapist can serve both', () => {
    expect(clients(clientsOf(['p', 'q', 'r'], apart))).toEqual([['p', 'r'], ['q']]);
    expect(clients(clientsOf(['p', 'q', 'r']))).toEqual([['p', 'q', 'r']]);
  });

  test('where no group can have both, and none of its leaders can serve the other', () => {
    expect(clients(grouped(['tg'], ['p']))).toEqual([['p', 'r'], ['q']]);
    expect(clients(grouped(['tg'], ['p', 'q']))).toEqual([['p', 'q', 'r']]);
    expect(clients(grouped(['tg', 'tb'], ['p']))).toEqual([['p', 'q', 'r']]);
    expect(clients(grouped(['ta', 'tb'], []))).toEqual([['p', 'r'], ['q']]);
  });

  test('unless a booking ties them', () => {
    const delivered = (attendee: string) => (parts: Parts) =>
      void parts.program.bookings!.push(booked('b', 'delivered', ind(attendee, 'mon 10:00', 'tb')));
    expect(clients(grouped(['tg'], [], delivered('p')))).toEqual([['p', 'q', 'r']]);
    expect(clients(grouped(['tg'], [], delivered('q')))).toEqual([['p', 'r'], ['q']]);
  });

  test('unless a meeting that stands takes the time of both their therapists', () => {
    const led = (therapists: string[]) =>
      grouped(['ta', 'tb', 'tg'], [], ({ program }) => {
        program.groups![0]!.leadersNeeded = therapists.length;
        program.bookings!.push(booked('b', 'delivered', meeting('tue 18:00', ['r'], { therapists })));
      });
    expect(clients(led(['ta', 'tb']))).toEqual([['p', 'q', 'r']]);
    expect(clients(led(['ta']))).toEqual([['p', 'r'], ['q']]);
  });
});

describe('a component', () => {
  test('that is the only one is the problem as it is', () => {
    const all = clientsOf(['p', 'q']);
    expect(of(all).components.map(({ problem }) => problem === all.problem)).toEqual([true]);
  });

  test('has of the whole what its households can have, by indexes of its own', () => {
    const all = grouped(['tg'], ['q']);
    const { components } = of(all);
    expect(components.map(({ therapists, groups, meetings }) => ({ therapists, groups, meetings }))).toEqual([
      { therapists: [0], groups: [], meetings: [] },
      { therapists: [1, 2], groups: [0], meetings: [0, 1] },
    ]);
    for (const component of components) expect(inWords(component)).toEqual(wordsOfWhole(all, component));
    // `tg` is the last of three in the whole, and the second one here.
    expect(components[1]!.problem.meetings.map(({ options, sure }) => ({ options, sure }))).toEqual([
      { options: [[1]], sure: [1] },
      { options: [[1]], sure: [1] },
    ]);
  });

  /** Therapist, group and start of each candidate of a component's households, by the indexes of the whole. */
  function inWords({ problem, therapists, groups }: Component): number[][] {
    return problem.households.flatMap(({ index, candidates, roles }) =>
      Array.from({ length: candidates.count }, (_, row) => {
        const [therapist, meeting] = [candidates.therapist[row]!, candidates.meeting[row]!];
        const { domain } = roles[candidates.role[row]!]!;
        const server = meeting < 0 ? therapist : problem.meetings[meeting]!.group;
        return [index, meeting < 0 ? therapists[therapist]! : groups[server]!, candidates.start[row]!, domain.indexOf(server)];
      }),
    );
  }

  function wordsOfWhole({ problem }: Compiled, { households }: Component): number[][] {
    return households.flatMap((household, index) => {
      const { candidates, roles } = problem.households[household]!;
      return Array.from({ length: candidates.count }, (_, row) => {
        const meeting = candidates.meeting[row]!;
        const server = meeting < 0 ? candidates.therapist[row]! : problem.meetings[meeting]!.group;
        return [index, server, candidates.start[row]!, roles[candidates.role[row]!]!.domain.indexOf(server)];
      });
    });
  }
});

describe('costs', () => {
  test('of all components and the rest are those of the whole', () => {
    // `p` was at both meetings. There is no care for them any more: the movable one is cancelled, 3 units, as nobody can attend it.
    const all = grouped(['tg'], [], ({ program, ta }) => {
      program.weights = { 'therapist-balance': 7, 'moved-session': 20 };
      program.bookings!.push(booked('gone', 'movable', meeting('thu 18:00', ['p'])));
      // 100 minutes of 500: 2 tenths, 4 units.
      ta.availability = { weekly: [{ days: ['mon'], start: '10:00', end: '18:20' }] };
    });
    const plans = ['0 mon 10:00 ta', '0 mon 11:00 tb', '0 mon 11:00 ta'].map((name, index) => planFor(all, index, [name]));
    const { components, rest } = of(all);
    const costs = components.map(({ problem, households }) => {
      const ledger = new Ledger(problem);
      households.forEach((household, index) => ledger.place(index, plans[household]!));
      return ledger.sharedCost();
    });
    expect([...costs, new Ledger(rest!).sharedCost()]).toEqual([4 * 7, 0, 3 * 20]);
    const whole = new Ledger(all.problem);
    plans.forEach((plan, index) => whole.place(index, plan));
    expect(whole.sharedCost()).toBe(88);
  });
});
