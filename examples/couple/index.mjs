// One couple, New York and Phoenix, over the two weeks in which New York puts its clocks back and Phoenix does not.
import { readFile } from 'node:fs/promises';
import { outcomeReport, personReport, schedule, verify } from 'iop-scheduler';

const program = JSON.parse(await readFile(new URL('program.json', import.meta.url), 'utf8'));
const outcome = await schedule(program, { timeLimitMs: 5_000 });
console.log(outcomeReport(program, outcome));

// Without a plan there is nothing to tell the partners; outcomeReport has said why.
if (outcome.status !== 'optimal' && outcome.status !== 'feasible') process.exit(1);
const { plan } = outcome;

// What each partner may see: their own sessions in their own local time, and of the other one only the joint session.
for (const { id } of program.couples[0].partners) {
  console.log(`--- for ${id} ---\n${personReport(program, plan, id)}`);
}

// The verifier shares no code with the search: it reads the program and the plan, as it would one made by hand.
const { violations, score } = verify(program, plan);
console.log('--- score per rule ---');
for (const [rule, points] of Object.entries(score.byRule)) console.log(`  ${rule.padEnd(22)}${String(points).padStart(4)}`);
console.log(`  ${'total'.padEnd(22)}${String(score.total).padStart(4)}`);
console.log(`violations: ${violations.length}`);
for (const { rule, message } of violations) console.log(`  ${rule}: ${message}`);
if (violations.length > 0) process.exit(1);
