import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../src/domain/parse.ts';
import type { Program } from '../../src/domain/program.ts';
import { schedule } from '../../src/schedule.ts';
import { bruteForce } from '../support/oracle/brute-force.ts';
import { rangeOf } from '../support/oracle/outcomes.ts';

interface Case {
  file: string;
  /** The best score; undefined where no plan exists. */
  best: number | undefined;
  /** Why, by hand. */
  because: string;
}

const CASES: readonly Case[] = [
  {
    file: 'roles-without-a-third-therapist',
    best: 0,
    because: 'two therapists suffice where the joint care or one partner need not be served',
  },
  { file: 'optional-care-unserved', best: 0, because: 'ca by t2 and the couple by t1; cb asks for nothing' },
  { file: 'one-therapist-two-roles', best: undefined, because: 't1 alone would be the therapist of ca and of the couple' },
  { file: 'optional-group-item-without-group', best: 0, because: 'the item asks for nothing and no group exists: the empty plan' },
  { file: 'waived-item-without-therapist', best: 0, because: 'both weeks are partial and exempt, so that the minimum is waived' },
  { file: 'enforced-by-phase', best: undefined, because: 'the phase enforces the minimum of the cut block, and there is no therapist' },
  { file: 'locked-role', best: undefined, because: 'the locked session makes t2 the therapist of cb, and only t2 offers the joint one' },
  { file: 'locked-meeting-without-leader', best: undefined, because: 'the locked meeting must stand, and its leader is never free' },
  { file: 'locked-meeting-off-windows', best: undefined, because: 'the same for a group that meets within windows' },
  {
    file: 'booking-of-a-former-therapist',
    best: 20,
    because: 't3 no longer serves; one move to t2 costs 1 unit of weight 20, to cancel costs 3',
  },
  {
    file: 'balance-of-a-sole-therapist',
    best: 50,
    because: 'the session takes 30 of 180 free minutes: floor(10 x 30 / 180) squared is 1, of weight 50',
  },
  { file: 'week-of-a-therapist-long-ago', best: 0, because: '60 minutes two weeks before do not count in the therapist’s first week' },
  { file: 'session-longer-than-the-day', best: undefined, because: '60 minutes against 30 a day' },
  { file: 'session-longer-than-the-week', best: undefined, because: '60 minutes against 30 a week' },
  { file: 'session-longer-than-a-run', best: undefined, because: '60 minutes against a run of 30' },
  { file: 'group-without-seats', best: undefined, because: 'all three seats are taken by members outside the program' },
  { file: 'locked-meeting-without-seats', best: undefined, because: 'the locked meeting holds one more than the group has seats' },
  {
    file: 'grants-one-after-the-other',
    best: 0,
    because: 'the session before the horizon drew on the first grant, and the second one has room',
  },
  { file: 'grants-of-one-week', best: 0, because: 'the same within one week, part of which lies before the horizon' },
  {
    file: 'week-that-ends-later',
    best: undefined,
    because: 'in Los Angeles the first week ends at 03:00 of New York, after planning begins: its session is due, and nobody is free',
  },
  {
    file: 'week-of-a-clock-change',
    best: undefined,
    because: 'the first week has an hour more than 7 x 24, and planning begins within it',
  },
  {
    file: 'week-that-ends-earlier',
    best: 0,
    because: 'in Tokyo the first week is over at 11:00 of New York on Sunday, before planning begins; one session in the second',
  },
  { file: 'two-facts-at-once', best: 0, because: 'both missed sessions stand, and Tuesday is free' },
  {
    file: 'same-time-with-another-therapist',
    best: 20,
    because: 't1 is away, t2 can take over at the booking’s own time, for which the partner is busy with the booking alone',
  },
  { file: 'delivered-on-a-closure', best: 0, because: 'the delivered session is the one that is due, though the date is closed' },
  { file: 'item-after-the-stay', best: 0, because: 'the item starts in week of care 2, and the stay has one week: the empty plan' },
  { file: 'locked-beyond-a-day', best: undefined, because: 'two locked sessions of 60 minutes on a day of 60' },
  { file: 'locked-twice-at-once', best: undefined, because: 'two locked sessions of one client at the same time' },
  {
    file: 'delivered-beyond-the-caseload',
    best: 0,
    because: 'the two whom delivered sessions have brought into care are a fact; nothing more is due',
  },
  {
    file: 'movable-meeting-before-planning',
    best: 0,
    because: 'the meeting stays, though it lies before planning begins and all are busy with it',
  },
  {
    file: 'joint-late-on-another-clock',
    best: 8,
    because:
      'both partners’ own sessions at once on one date, the joint one, after midnight on the horizon’s clock, on the other date: a second day for each of the two',
  },
  {
    file: 'optional-care-by-none-but-another-role',
    best: 0,
    because: 'the week is partial, so no joint session is due; t3 is the therapist of ca and cannot hold one',
  },
];

const programOf = (file: string): Program => JSON.parse(readFileSync(new URL(`${file}.json`, import.meta.url), 'utf8')) as Program;

describe.each(CASES)('$file', ({ file, best, because }) => {
  const program = programOf(file);

  test('has the best score that trying all plans gives', () => {
    const parsed = parseProgram(program);
    if (!parsed.ok) throw new Error('the program is not valid');
    const found = bruteForce(parsed.program, 5_000);
    expect(found, because).toBeDefined();
    expect(found?.best?.score, because).toBe(best);
  });

  test('is solved', async () => {
    const outcome = await schedule(program, { workLimit: 100_000, timeLimitMs: Infinity });
    const most = best ?? Infinity;
    expect(rangeOf(outcome).most, because).toBe(most);
    expect(rangeOf(outcome).least, because).toBeLessThanOrEqual(most);
    expect(outcome.status === 'infeasible', because).toBe(best === undefined);
  });
});
