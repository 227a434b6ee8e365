// A couple in two states whose only couples therapist may practise in one of them: no plan exists, and the outcome says why.
import { readFile } from 'node:fs/promises';
import { outcomeReport, schedule, verify } from 'iop-scheduler';

const program = JSON.parse(await readFile(new URL('program.json', import.meta.url), 'utf8'));
const outcome = await schedule(program);
console.log(outcomeReport(program, outcome));
if (outcome.status !== 'infeasible') process.exit(1);

// The best effort keeps every hard rule but minimums: each violation that the verifier finds is one of its `unmet` entries.
const { violations } = verify(program, outcome.bestEffort);
const keyOf = ({ rule, entities, week }, amount) => JSON.stringify([rule, entities, week, amount]);
const unmet = new Set(outcome.bestEffort.unmet.map((each) => keyOf(each, each.required - each.planned)));
const others = violations.filter((each) => !unmet.has(keyOf(each, each.amount)));
console.log(`best effort: ${violations.length} minimums missed, other violations: ${others.length}`);

// The mend that the conflict asks for: an authority for Pennsylvania, where p-ben is. Then there is a plan.
const mended = structuredClone(program);
mended.therapists.find(({ id }) => id === 't-cedar').authorities.push({ state: 'PA' });
const after = await schedule(mended, { timeLimitMs: 5_000 });
if (after.status !== 'optimal' && after.status !== 'feasible') process.exit(1);
const check = verify(mended, after.plan);
console.log(`with an authority for PA: ${after.status}, ${after.plan.sessions.length} sessions, violations: ${check.violations.length}`);
if (others.length > 0 || check.violations.length > 0) process.exit(1);
