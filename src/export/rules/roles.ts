import type { Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { ownerId } from '../choices.ts';
import { groupBy } from './cliques.ts';
import { serverName, type Serving } from './continuity.ts';

/** `role-separation` and `caseload`, which count the roles of services without `sharedRole`. */
export function addRoles(formulation: Formulation, serving: readonly Serving[]): void {
  const separated = serving.filter(({ role }) => role.separated);
  for (const roles of groupBy(separated, ({ household }) => household).values()) {
    roles.forEach((one, at) => {
      for (const other of roles.slice(at + 1)) if (other.role.owner !== one.role.owner) addSeparation(formulation, one, other);
    });
  }
  addCaseloads(formulation, separated);
}

/** No therapist serves both roles, unless those of facts and of bookings before the horizon did. */
function addSeparation(formulation: Formulation, one: Serving, other: Serving): void {
  for (const therapist of new Set([one, other].flatMap(({ planned, facts, history }) => [...planned.keys(), ...facts, ...history]))) {
    const stood = [one, other].map(({ facts, history }) => facts.has(therapist) || history.has(therapist));
    if (stood.every((each) => each)) continue;
    const load = new Load();
    [one, other].forEach(({ planned }, index) => {
      load.addLoad(stood[index] ? new Load().stand(1, true) : (planned.get(therapist) ?? new Load()));
    });
    const name = [...one.name, ...other.name, serverName(formulation, one.role, therapist)];
    formulation.model.atMost(['role_separation', ...name], load, 1);
  }
}

/** Owners in care with each therapist over the horizon, delivered sessions too. */
function addCaseloads(formulation: Formulation, separated: readonly Serving[]): void {
  const { model, compiled, problem } = formulation;
  problem.therapists.forEach(({ caseload }, therapist) => {
    if (caseload === Infinity) return;
    const id = model.names.id(compiled.program.therapists[therapist]!.id);
    const cases = new Load();
    for (const roles of groupBy(separated, ({ household, role }) => ownerId(compiled, household, role.owner)).values()) {
      cases.addLoad(caseOf(formulation, roles, therapist, id));
    }
    model.limit(['caseload', id], cases, caseload);
  });
}

/** Whether an owner is in care with a therapist. */
function caseOf({ model }: Formulation, roles: readonly Serving[], therapist: number, id: string): Load {
  if (roles.some(({ facts }) => facts.has(therapist))) return new Load().stand(1, true);
  const loads = roles.flatMap(({ planned }) => planned.get(therapist) ?? []);
  if (loads.length < 2) return loads[0] ?? new Load();
  if (loads.some(({ constant }) => constant > 0)) return new Load().stand(1, false);
  const owner = roles[0]!.name[0]!;
  const inCare = model.continuous(['case', owner, id], 1);
  for (const load of loads) model.atMost(['caseload', id, owner], new Load().addLoad(load).add(inCare, -1), 0);
  return new Load().add(inCare);
}
