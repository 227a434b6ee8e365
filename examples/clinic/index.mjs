// Ten couples, six therapists, twelve weeks: five zones, seven states, a trip, a move, a therapist's leave, locked bookings.
import { readFile } from 'node:fs/promises';
import { outcomeReport, personReport, schedule, verify } from 'iop-scheduler';
import { creditedHours, inWeeks } from './digest.mjs';

const program = JSON.parse(await readFile(new URL('program.json', import.meta.url), 'utf8'));
const { weeks } = program.horizon;
const outcome = await schedule(program, { timeLimitMs: 20_000 });
console.log(outcomeReport(program, outcome));

// Without a plan there is no digest; outcomeReport has said why.
if (outcome.status !== 'optimal' && outcome.status !== 'feasible') process.exit(1);
const { plan } = outcome;

console.log('Credited hours per week against the minimum (* a week that the stay cuts, or outside it: no minimum)');
console.log(`  ${''.padEnd(8)}${Array.from({ length: weeks }, (_, index) => String(index + 1).padStart(5)).join('')}  minimum`);
for (const couple of program.couples) {
  for (const partner of couple.partners) {
    const cells = creditedHours(program, plan, partner).map(({ hours, full }) => `${hours}${full ? ' ' : '*'}`.padStart(5));
    const { weeklyMinutes } = program.policies.find(({ id }) => id === partner.policy);
    console.log(`  ${partner.id.padEnd(8)}${cells.join('')}${String(weeklyMinutes.min / 60).padStart(8)}`);
  }
}

// p-ros, at home in Mountain time, spends week 6 in California: other local hours, and therapists who may practise there.
for (const id of ['p-ros', 't-fir']) console.log(`\n${inWeeks(personReport(program, plan, id), 5, 6)}`);

// The verifier shares no code with the search.
const { violations, score } = verify(program, plan);
console.log('\nScore per rule');
for (const [rule, points] of Object.entries(score.byRule)) console.log(`  ${rule.padEnd(22)}${String(points).padStart(6)}`);
console.log(`  ${'total'.padEnd(22)}${String(score.total).padStart(6)}`);
console.log(`local starts that a change of clocks moves: ${plan.clockChanges.length}`);
console.log(`violations: ${violations.length}`);
for (const { rule, message } of violations) console.log(`  ${rule}: ${message}`);
if (violations.length > 0) process.exit(1);
