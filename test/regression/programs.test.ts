import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Program } from '../../src/domain/program.ts';
import type { HardRule } from '../../src/domain/weights.ts';
import { schedule } from '../../src/schedule.ts';
import { verify } from '../../src/verify/verify.ts';

function programOf(name: string): Program {
  return JSON.parse(readFileSync(new URL(`../support/programs/${name}.json`, import.meta.url), 'utf8')) as Program;
}

/** Rules on minimums: the only ones that a best effort may miss. */
const MINIMUMS: readonly HardRule[] = ['weekly-minimum', 'service-days', 'care-frequency'];

describe('programs from life', () => {
  test.each(['trinity-couple', 'evening-track', 'bct-phases', 'fifty-minute-groups', 'hospital-day'])('%s has a plan', async (name) => {
    const program = programOf(name);
    const outcome = await schedule(program, { workLimit: 20_000_000, gap: 0.8, timeLimitMs: Infinity });
    expect(['optimal', 'feasible']).toContain(outcome.status);
    const plan = 'plan' in outcome ? outcome.plan : outcome.bestEffort;
    expect(verify(program, plan).violations).toEqual([]);
  });

  // The reasons are those for which each document was written; each was checked by mending it.
  test.each<[string, HardRule[]]>([
    ['infeasible-authority', ['authority', 'care-frequency']],
    ['infeasible-common-time', ['availability', 'care-frequency']],
    ['infeasible-hours', ['availability', 'weekly-minimum']],
    ['infeasible-group-full', ['group-capacity', 'care-frequency']],
    ['infeasible-safety-gate', ['joint-gate', 'weekly-minimum', 'care-frequency']],
    ['infeasible-one-room', ['household-rooms', 'availability', 'care-frequency']],
  ])('%s has none, and the conflict says why', async (name, rules) => {
    const program = programOf(name);
    const outcome = await schedule(program, { timeLimitMs: Infinity, workLimit: 20_000_000 });
    expect(outcome.status).toBe('infeasible');
    const conflicts = outcome.status === 'infeasible' ? outcome.conflicts : [];
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]?.rules).toEqual(expect.arrayContaining(rules));
    const effort = outcome.status === 'infeasible' ? outcome.bestEffort : undefined;
    const broken = verify(program, effort!).violations.map((violation) => violation.rule);
    expect(broken.filter((rule) => !MINIMUMS.includes(rule))).toEqual([]);
    expect(effort!.unmet.length).toBeGreaterThan(0);
  });
});
