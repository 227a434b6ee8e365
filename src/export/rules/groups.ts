import { addChoice, timeName, type Choice } from '../choices.ts';
import { heldLoad, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { minuteNumber, localTime, weekOf } from '../../model/frame.ts';
import { cliquesOf, groupBy } from './cliques.ts';

/** `group-capacity`, `group-meeting`, and that whoever attends may meet the leaders (`authority`, `blocked-pair`). */
export function addGroups(formulation: Formulation): void {
  const { problem, choices } = formulation;
  const seats = problem.meetings.map((): Choice[] => []);
  for (const list of choices) for (const choice of list) if (choice.meeting >= 0) seats[choice.meeting]!.push(choice);
  problem.meetings.forEach((_, meeting) => addMeeting(formulation, meeting, seats[meeting]!));
  problem.groups.forEach((_, group) => {
    addWeeklyCount(formulation, group);
    addOneAtATime(formulation, group);
  });
  addOptions(formulation);
}

function meetingName({ model, compiled, problem }: Formulation, index: number): string[] {
  const { group, start } = problem.meetings[index]!;
  return [model.names.id(compiled.program.groups[group]!.id), timeName(compiled.frame, start)];
}

/** One choice of leaders at most, and seats within the capacity where it is held. */
function addMeeting(formulation: Formulation, index: number, seats: readonly Choice[]): void {
  const { model, problem } = formulation;
  const { minSeats, maxSeats, fact, fixed } = problem.meetings[index]!;
  if (fact) return;
  const name = meetingName(formulation, index);
  const held = heldLoad(formulation, index);
  if (!fixed) model.atMost(['group_meeting', ...name, 'leaders'], held, 1);
  const taken = new Load();
  for (const seat of seats) addChoice(taken, seat);
  model.atMost(['group_capacity', ...name, 'max'], new Load().addLoad(taken).addLoad(held, -maxSeats), 0);
  model.atLeast(['group_capacity', ...name, 'min'], new Load().addLoad(taken).addLoad(held, -minSeats), 0);
}

/** A seat is taken only where leaders who may meet the attendee hold the meeting. */
function addOptions(formulation: Formulation): void {
  const { model, problem, choices, leaders } = formulation;
  problem.households.forEach(({ candidates }, household) => {
    for (const choice of choices[household]!) {
      if (choice.meeting < 0 || problem.meetings[choice.meeting]!.fixed) continue;
      const load = new Load();
      addChoice(load, choice);
      leaders[choice.meeting]!.forEach((variable, option) => {
        if ((candidates.options[choice.row]! & (1 << option)) !== 0) load.add(variable, -1);
      });
      model.atMost(['authority', ...meetingName(formulation, choice.meeting), household, choice.persons], load, 0);
    }
  });
}

/** At most `count` meetings a week, those before the horizon too. */
function addWeeklyCount(formulation: Formulation, index: number): void {
  const { model, compiled, problem } = formulation;
  const { weeklyCount, meetings } = problem.groups[index]!;
  if (weeklyCount === Infinity) return;
  const { id } = compiled.program.groups[index]!;
  const before = pastStarts(formulation, id).map((start) =>
    weekOf(compiled.frame, localTime(compiled.frame, compiled.frame.zone, start).day),
  );
  for (const [week, ofWeek] of groupBy(meetings, (meeting) => problem.meetings[meeting]!.week)) {
    const load = new Load().stand(before.filter((each) => each === week).length, true);
    for (const meeting of ofWeek) load.addLoad(heldLoad(formulation, meeting));
    model.limit(['group_meeting', model.names.id(id), 'week', week], load, weeklyCount);
  }
}

function pastStarts({ compiled: { program, frame } }: Formulation, group: string): number[] {
  return program.bookings
    .filter((booking) => booking.group === group)
    .map(({ start }) => Math.floor(minuteNumber(start)) - frame.origin)
    .filter((start) => start < 0);
}

function addOneAtATime(formulation: Formulation, index: number): void {
  const { model, problem } = formulation;
  const stretches = problem.groups[index]!.meetings.map((meeting) => ({ ...problem.meetings[meeting]!, meeting }));
  for (const clique of cliquesOf(stretches)) {
    if (clique.length < 2) continue;
    const load = new Load();
    for (const { meeting } of clique) load.addLoad(heldLoad(formulation, meeting));
    model.limit(['group_meeting', ...meetingName(formulation, clique.at(-1)!.meeting), 'one'], load, 1);
  }
}
