import type { GroupModel, Household, Meeting, Problem, Role } from './problem.ts';

/** What of a problem belongs to a part of it: indexes in the whole, rising. */
export interface Members {
  households: number[];
  therapists: number[];
  groups: number[];
  meetings: number[];
}

/** Place in the part of each index in the whole, -1 where it is not in it. */
type Places = Record<keyof Members, Int32Array>;

/**
 * A part of a problem as a problem of its own, with its own indexes. Whoever its households can meet has to be in it; meetings that are
 * left out are never held.
 */
export function partOf(whole: Problem, members: Members): Problem {
  const places: Places = {
    households: placesOf(members.households, whole.households.length),
    therapists: placesOf(members.therapists, whole.therapists.length),
    groups: placesOf(members.groups, whole.groups.length),
    meetings: placesOf(members.meetings, whole.meetings.length),
  };
  return {
    ...whole,
    therapists: members.therapists.map((index) => whole.therapists[index]!),
    groups: members.groups.map((index) => groupIn(whole.groups[index]!, places)),
    meetings: members.meetings.map((index) => meetingIn(whole.meetings[index]!, places)),
    households: members.households.map((index) => householdIn(whole.households[index]!, places)),
  };
}

function placesOf(members: readonly number[], count: number): Int32Array {
  const places = new Int32Array(count).fill(-1);
  members.forEach((index, place) => (places[index] = place));
  return places;
}

function groupIn({ weeklyCount, meetings, movable }: GroupModel, places: Places): GroupModel {
  return {
    weeklyCount,
    meetings: meetings.map((meeting) => places.meetings[meeting]!).filter((meeting) => meeting >= 0),
    movable: movable.map((each) => ({ ...each, meeting: each.meeting < 0 ? -1 : places.meetings[each.meeting]! })),
  };
}

function meetingIn(meeting: Meeting, { groups, therapists }: Places): Meeting {
  const led = (leaders: readonly number[]): number[] => leaders.map((leader) => therapists[leader]!);
  return { ...meeting, group: groups[meeting.group]!, options: meeting.options.map(led), sure: led(meeting.sure) };
}

function householdIn(household: Household, { households, therapists, groups, meetings }: Places): Household {
  const { candidates, roles, pastTherapists } = household;
  const roleIn = (role: Role): Role => {
    const servers = role.kind === 'group' ? groups : therapists;
    return { ...role, domain: role.domain.map((server) => servers[server]!) };
  };
  return {
    ...household,
    index: households[household.index]!,
    roles: roles.map(roleIn),
    candidates: {
      ...candidates,
      therapist: candidates.therapist.map((therapist) => (therapist < 0 ? -1 : therapists[therapist]!)),
      meeting: candidates.meeting.map((meeting) => (meeting < 0 ? -1 : meetings[meeting]!)),
    },
    // Role separation forbids them; who is in no candidate need not be forbidden.
    pastTherapists: pastTherapists.map((past) => past.map((therapist) => therapists[therapist]!).filter((therapist) => therapist >= 0)),
  };
}
