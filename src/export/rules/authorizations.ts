import { addChoice, dateName, ownerId, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { weekOf } from '../../model/frame.ts';
import type { AuthorizationModel, Household } from '../../model/problem.ts';
import { groupBy } from './cliques.ts';
import { drawsOfFacts, type Drawing } from './fact-draws.ts';

/**
 * `authorization`: in order of start, each session draws on the first listed grant that covers it and has room. Where only one grant
 * covers a session the session itself is what draws; else a binary says which, and drawing on a later one needs a witness that each
 * earlier one is full by then.
 */
export function addAuthorizations(formulation: Formulation): void {
  eachHousehold(formulation, (household, choices) => {
    household.persons.forEach(({ authorizations }, person) => {
      if (authorizations.length > 0) new Grants(formulation, household, person as 0 | 1, choices).add();
    });
  });
}

class Grants {
  private readonly grants: readonly AuthorizationModel[];
  private readonly id: string;
  private readonly drawings: Drawing[];
  /** Grant and moment to whether it is full by then. */
  private readonly full = new Map<string, Load>();

  constructor(
    private readonly formulation: Formulation,
    household: Household,
    person: 0 | 1,
    choices: readonly Choice[],
  ) {
    this.grants = household.persons[person]!.authorizations;
    this.id = formulation.model.names.id(ownerId(formulation.compiled, household, person));
    const named = new Set(this.grants.flatMap(({ services }) => services));
    this.drawings = choices
      .filter(({ present, history, role }) => !history && (present & (1 << person)) !== 0 && named.has(household.roles[role]!.service))
      .map((choice) => {
        const date = choice.days[person];
        const { service } = household.roles[choice.role]!;
        return { choice, service, date, week: weekOf(formulation.compiled.frame, date), on: new Map<number, Load>() };
      })
      .sort((a, b) => a.choice.start - b.choice.start);
  }

  add(): void {
    const facts = drawsOfFacts(this.grants, this.drawings);
    for (const drawing of this.drawings) this.draw(drawing, facts);
    this.grants.forEach((grant, index) => this.limit(grant, index));
  }

  private covering({ service, date }: Drawing): number[] {
    return this.grants.flatMap(({ services, from, to }, index) =>
      services.includes(service) && date >= from && date <= to ? [index] : [],
    );
  }

  /** A session that is held draws on one grant; a fact that finds none even beside facts alone is excused. */
  private draw(drawing: Drawing, facts: ReadonlySet<Drawing>): void {
    const { model } = this.formulation;
    const { choice } = drawing;
    const covering = this.covering(drawing);
    if (choice.fact && !facts.has(drawing)) return;
    const held = new Load();
    addChoice(held, choice);
    const name = [this.id, choice.variable < 0 ? `row${choice.row}` : model.nameOf(choice.variable)];
    if (covering.length === 1) drawing.on.set(covering[0]!, held);
    if (covering.length === 1) return;
    const sum = new Load().addLoad(held, -1);
    covering.forEach((grant, place) => {
      const draws = model.binary(['draws', ...name, grant]);
      sum.add(draws);
      for (const earlier of covering.slice(0, place)) {
        model.atMost(['authorization', ...name, grant, earlier], new Load().add(draws).addLoad(this.isFull(earlier, drawing), -1), 0);
      }
      drawing.on.set(grant, new Load().add(draws));
    });
    model.exactly(['authorization', ...name], sum, 0);
  }

  /** Whether a grant has no room for a session, as far as the sessions before it say: at least one of its limits is reached. */
  private isFull(index: number, at: Drawing): Load {
    const { model } = this.formulation;
    const grant = this.grants[index]!;
    const key = `${index} ${at.choice.start}`;
    const known = this.full.get(key);
    if (known !== undefined) return known;
    const full = new Load();
    const before = this.drawings.filter(({ choice }) => choice.start < at.choice.start);
    const today = before.filter(({ date }) => date === at.date);
    const name = ['full', this.id, index, at.choice.start];
    const reach = (limit: number, reached: Load, kind: string): void => {
      if (limit === Infinity) return;
      const witness = model.binary([...name, kind]);
      full.add(witness);
      model.atMost(['authorization', ...name, kind], new Load().add(witness, limit).addLoad(reached, -1), 0);
      if (kind === 'day' || !grant.unitDay) return;
      // Where the unit is the date, a further session on one that has been drawn takes nothing.
      for (const { on } of today) {
        const drawn = on.get(index);
        if (drawn !== undefined) model.atMost(['authorization', ...name, kind, 'date'], new Load().add(witness).addLoad(drawn), 1);
      }
    };
    reach(
      grant.total,
      this.units(
        index,
        before.filter(({ date }) => !grant.unitDay || date < at.date),
      ).stand(grant.used, true),
      'total',
    );
    reach(
      grant.maxPerWeek,
      this.unitsInWeek(
        index,
        before.filter(({ date }) => !grant.unitDay || date < at.date),
        at.week,
      ),
      'week',
    );
    reach(grant.maxPerDay, this.sessions(index, today), 'day');
    this.full.set(key, full);
    return full;
  }

  /** Sessions that draw on a grant. */
  private sessions(index: number, drawings: readonly Drawing[]): Load {
    const load = new Load();
    for (const { on } of drawings) {
      const drawn = on.get(index);
      if (drawn !== undefined) load.addLoad(drawn);
    }
    return load;
  }

  private units(index: number, drawings: readonly Drawing[]): Load {
    if (!this.grants[index]!.unitDay) return this.sessions(index, drawings);
    const load = new Load();
    for (const [date, list] of groupBy(drawings, (drawing) => drawing.date)) load.addLoad(this.dateUnit(index, date, list));
    return load;
  }

  private unitsInWeek(index: number, drawings: readonly Drawing[], week: number): Load {
    const used = week === 1 ? this.grants[index]!.usedInFirstWeek : 0;
    return this.units(
      index,
      drawings.filter((drawing) => drawing.week === week),
    ).stand(used, true);
  }

  /** Whether anything draws on a grant on a date. */
  private dateUnit(index: number, date: number, list: readonly Drawing[]): Load {
    const sessions = this.sessions(index, list);
    if (sessions.constant > 0) return new Load().stand(1, true);
    const key = `date ${index} ${date} ${[...sessions.terms.keys()].join()}`;
    const known = this.full.get(key);
    if (known !== undefined) return known;
    const { model, compiled } = this.formulation;
    const name = [this.id, index, dateName(compiled.frame, date)];
    const unit = model.continuous(['unit', ...name], 1);
    for (const variable of sessions.terms.keys()) model.atMost(['authorization', ...name], new Load().add(variable).add(unit, -1), 0);
    model.atMost(['authorization', ...name, 'any'], new Load().add(unit).addLoad(sessions, -1), 0);
    const load = new Load().add(unit);
    this.full.set(key, load);
    return load;
  }

  private limit(grant: AuthorizationModel, index: number): void {
    const { model } = this.formulation;
    const total = this.units(index, this.drawings).stand(grant.used, true);
    const name = ['authorization', this.id, index];
    if (grant.total < Infinity) model.limit([...name, 'total'], total, grant.total);
    for (const week of new Set(this.drawings.map((drawing) => drawing.week))) {
      if (grant.maxPerWeek < Infinity) model.limit([...name, 'week', week], this.unitsInWeek(index, this.drawings, week), grant.maxPerWeek);
    }
    if (grant.maxPerDay === Infinity) return;
    for (const [date, list] of groupBy(this.drawings, (drawing) => drawing.date)) {
      model.limit([...name, dateName(this.formulation.compiled.frame, date)], this.sessions(index, list), grant.maxPerDay);
    }
  }
}
