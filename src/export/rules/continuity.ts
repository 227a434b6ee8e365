import { addChoice, dateName, membersOf, ownerId, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { COUPLE, type Household, type Role } from '../../model/problem.ts';
import { cliquesOf, groupBy } from './cliques.ts';

/** Who serves a role: therapists, or the groups of a group service. */
export interface Serving {
  household: Household;
  index: number;
  role: Role;
  name: string[];
  /** Server to whether planned and locked sessions are with it. */
  planned: Map<number, Load>;
  /** Servers of facts inside the horizon that are care, and of those before it. */
  facts: Set<number>;
  history: Set<number>;
}

/** `continuity` and `continuity-preferred`, and for each role the choice of server that other rules ask about. */
export function addContinuity(formulation: Formulation): Serving[] {
  const all: Serving[] = [];
  eachHousehold(formulation, (household, choices) => {
    household.roles.forEach((role, index) => {
      const serving = servingOf(formulation, household, index, choices);
      const { model } = formulation;
      if (role.continuity === 'strict') {
        const sum = new Load();
        for (const load of serving.planned.values()) sum.addLoad(load);
        model.atMost(['continuity', ...serving.name], sum, 1);
      }
      if (role.continuity === 'prefer') addPreferred(formulation, serving, choices);
      if (role.kind !== 'group') addLacking(formulation, serving, choices);
      all.push(serving);
    });
  });
  return all;
}

export function serverName({ compiled: { program }, model }: Formulation, role: Pick<Role, 'kind'>, server: number): string {
  return model.names.id((role.kind === 'group' ? program.groups[server]! : program.therapists[server]!).id);
}

function serverOf({ problem }: Formulation, { therapist, meeting }: Choice): number {
  return meeting >= 0 ? problem.meetings[meeting]!.group : therapist;
}

function servingOf(formulation: Formulation, household: Household, index: number, choices: readonly Choice[]): Serving {
  const { model, compiled } = formulation;
  const role = household.roles[index]!;
  const name = [model.names.id(ownerId(compiled, household, role.owner)), model.names.id(compiled.program.services[role.service]!.id)];
  const own = choices.filter((choice) => choice.role === index && choice.counts === 1);
  const facts = new Set(own.filter(({ fact, history }) => fact && !history).map((choice) => serverOf(formulation, choice)));
  const history = new Set(own.filter((choice) => choice.history).map(({ therapist }) => therapist));
  const serving = { household, index, role, name, planned: new Map<number, Load>(), facts, history };
  const matters = role.continuity === 'strict' || role.separated || role.lacking.some((cost) => cost > 0);
  if (!matters) return serving;
  const planned = own.filter(({ fact }) => !fact);
  for (const [server, sessions] of groupBy(planned, (choice) => serverOf(formulation, choice))) {
    serving.planned.set(server, serverLoad(formulation, serving, server, sessions));
  }
  return serving;
}

/** A variable that is 1 where any of the sessions is chosen; 1 where one of them is locked. */
function serverLoad(formulation: Formulation, { household, role, name }: Serving, server: number, sessions: readonly Choice[]): Load {
  if (sessions.some(({ variable }) => variable < 0)) return new Load().stand(1, false);
  const { model, compiled } = formulation;
  const named = ['serves', ...name, serverName(formulation, role, server)];
  const serves = model.binary(named);
  const dates = groupBy(sessions, (choice) => `${choice.item} ${choice.days[role.owner as 0 | 1 | 2]}`);
  for (const ofDate of dates.values()) {
    const once = household.items[ofDate[0]!.item]?.maxPerDay === 1;
    for (const clique of once ? [ofDate] : cliquesOf(ofDate)) {
      const load = new Load();
      for (const choice of clique) addChoice(load, choice);
      const date = dateName(compiled.frame, clique[0]!.days[role.owner as 0 | 1 | 2]);
      model.atMost(['continuity', ...named.slice(1), date], load.add(serves, -1), 0);
    }
  }
  return new Load().add(serves);
}

/** `continuity-preferred`: sessions of the plan that are not with the server of most; `most` is the one that the model picks. */
function addPreferred(formulation: Formulation, { index, role, name }: Serving, choices: readonly Choice[]): void {
  const { model, problem } = formulation;
  const weight = problem.weights.continuityPreferred;
  const own = choices.filter((choice) => choice.role === index && choice.counts === 1 && !choice.history);
  const byServer = groupBy(own, (choice) => serverOf(formulation, choice));
  if (weight === 0 || byServer.size < 2) return;
  const sum = new Load();
  for (const choice of own) addChoice(sum, choice);
  model.charge(sum, weight);
  const chosen = new Load();
  for (const [server, sessions] of byServer) {
    const named = ['continuity_preferred', ...name, serverName(formulation, role, server)];
    const most = model.binary(['most', ...named.slice(1)]);
    const kept = model.continuous(['kept', ...named.slice(1)]);
    const held = new Load();
    for (const choice of sessions) addChoice(held, choice);
    model.atMost(named, new Load().add(kept).addLoad(held, -1), 0);
    model.atMost(named, new Load().add(kept).add(most, -sessions.length), 0);
    model.chargeVariable(kept, -weight);
    chosen.add(most);
  }
  model.atMost(['continuity_preferred', ...name], chosen, 1);
}

/** `preferred-attributes`: charged once for each therapist who serves a partner in the role, facts inside the horizon too. */
function addLacking(formulation: Formulation, { household, index, role, planned }: Serving, choices: readonly Choice[]): void {
  const { model, compiled, problem } = formulation;
  const weight = problem.weights.preferredAttributes;
  const members = membersOf(compiled, household);
  const owners = role.owner === COUPLE ? [0, 1] : [role.owner];
  const facts = choices.filter((choice) => choice.role === index && choice.fact && !choice.history);
  const therapists = new Set([...planned.keys(), ...facts.map(({ therapist }) => therapist)].filter((therapist) => therapist >= 0));
  for (const therapist of therapists) {
    const { attributes } = compiled.program.therapists[therapist]!;
    for (const person of owners) {
      const lacking = members[person]!.prefers.attributes.filter((each) => !attributes.includes(each)).length;
      const stands = facts.some((choice) => choice.therapist === therapist && (choice.present & (1 << person)) !== 0);
      model.charge(stands ? new Load().stand(1, true) : (planned.get(therapist) ?? new Load()), weight * lacking);
    }
  }
}
