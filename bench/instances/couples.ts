import type { Draft, DraftCouple, DraftPartner } from './draft.ts';
import { drawPlace, type Place } from './places.ts';
import { plantIndividuals, plantJoint, stayBegins, substitute } from './series.ts';
import { joinTrack } from './tracks.ts';

/** Draws a couple with its circumstances, and plants all its sessions. */
export function plantCouple(draft: Draft, number: number): void {
  const { random } = draft;
  const id = String(number).padStart(4, '0');
  const home = drawPlace(random, draft.places);
  const apart = random.chance(0.3);
  const a = drawPartner(draft, `p-${id}a`, home, true);
  const b = drawPartner(draft, `p-${id}b`, apart ? drawPlace(random, draft.places) : home, random.chance(0.85));
  a.spouse = b;
  b.spouse = a;
  drawAbsences(draft, a, b);
  const couple = drawCouple(draft, `c-${id}`, a, b);
  draft.couples.push(couple);
  const shared = couple.groups === 'always' && a.patient && b.patient && couple.gateOpens === 0;
  const lacking = couple.gateOpens > 0 || couple.jointEvery > 1;
  if (shared) joinTogether(draft, couple);
  else for (const partner of couple.partners) joinAlone(draft, partner, couple);
  for (const partner of couple.partners) setIndividuals(partner, lacking);
  plantTherapy(draft, couple);
}

/** A client without a partner has no joint session, so one individual session more. */
export function plantClient(draft: Draft, number: number): void {
  const client = drawPartner(draft, `p-x${String(number).padStart(3, '0')}`, drawPlace(draft.random, draft.places), true);
  drawStay(draft, client);
  draft.clients.push(client);
  joinAlone(draft, client, undefined);
  setIndividuals(client, true);
  const therapist = plantIndividuals(draft, client, []);
  if (therapist !== undefined) client.therapist = therapist;
}

function drawPartner(draft: Draft, id: string, place: Place, patient: boolean): DraftPartner {
  return {
    id,
    sharesRoom: false,
    locations: [{ from: 0, place }],
    first: 0,
    last: draft.dates.count - 1,
    patient,
    individuals: 1,
    tapered: draft.random.chance(0.4),
    substituted: false,
    sessions: [],
  };
}

function drawCouple(draft: Draft, id: string, a: DraftPartner, b: DraftPartner): DraftCouple {
  const { random, dates, shape } = draft;
  const kind = random.unit();
  const opens = kind < 0.84 || (kind < 0.92 && shape.weeks === 1) ? 0 : kind < 0.92 ? random.below(dates.count) : dates.count;
  const closed = opens === dates.count;
  const since = dates.iso(opens === 0 ? -random.between(0, 30) : opens);
  const from = !closed && (opens > 0 || random.chance(0.4)) ? { from: since } : {};
  const oneRoom = random.chance(0.2);
  a.sharesRoom = oneRoom;
  b.sharesRoom = oneRoom;
  const groups =
    opens > 0 ? (closed && random.chance(0.3) ? 'always' : 'any') : random.pick(['always', 'always', 'never', 'any', 'any'] as const);
  return {
    id,
    partners: [a, b],
    gate: { status: closed ? random.pick(['pending', 'suspended', 'barred'] as const) : 'cleared', ...from },
    gateOpens: opens,
    oneRoom,
    childcare: random.chance(0.25),
    groups,
    jointEvery: shape.weeks > 1 && stayBegins(a) >= 0 && stayBegins(b) >= 0 && random.chance(0.12) ? 2 : 1,
    ...(random.chance(0.5) ? { together: random.pick(['simultaneous', 'staggered'] as const) } : {}),
  };
}

/** Trips, moves and stays; partners who live together mostly travel, come and go together. */
function drawAbsences(draft: Draft, a: DraftPartner, b: DraftPartner): void {
  const { random } = draft;
  const together = a.locations[0]?.place === b.locations[0]?.place;
  if (random.chance(draft.shape.weeks === 1 ? 0.06 : 0.2)) {
    drawTrip(draft, a);
    if (together && random.chance(0.6)) b.locations = a.locations.map((location) => ({ ...location }));
  }
  drawStay(draft, a);
  if (random.chance(0.8)) Object.assign(b, { first: a.first, last: a.last }, a.stay === undefined ? {} : { stay: { ...a.stay } });
  else drawStay(draft, b);
}

function drawTrip(draft: Draft, partner: DraftPartner): void {
  const { random, dates } = draft;
  const home = partner.locations[0];
  const place = drawPlace(random, draft.places);
  const from = random.between(1, dates.count - 1);
  const back = from + random.between(3, 10);
  if (home === undefined || (place.zone === home.place.zone && place.state === home.place.state)) return;
  partner.locations.push({ from, place });
  if (back < dates.count && random.chance(0.75)) partner.locations.push({ from: back, place: home.place });
}

/** Late starts, early ends, and stays that began before the horizon. */
function drawStay(draft: Draft, partner: DraftPartner): void {
  const { random, dates, shape } = draft;
  const kind = random.unit();
  const many = shape.weeks > 1;
  if (kind < 0.12 && many) {
    partner.first = random.below(Math.ceil(dates.count * 0.6));
    partner.stay = { from: partner.first };
  } else if (kind < 0.24 && many) {
    partner.last = dates.count - 1 - random.below(Math.ceil(dates.count * 0.4));
    partner.stay = { to: partner.last };
  } else if (kind < 0.34) {
    partner.stay = { from: -random.between(1, 60), ...(random.chance(0.5) ? { to: dates.count + random.between(0, 40) } : {}) };
  }
}

function joinTogether(draft: Draft, couple: DraftCouple): void {
  if (joinTrack(draft, couple.partners, undefined)) return;
  couple.groups = 'any';
  for (const partner of couple.partners) joinAlone(draft, partner, couple);
}

/** Groups of their own; where the couple shares them by chance, the gate is open and nothing forbids it. */
function joinAlone(draft: Draft, partner: DraftPartner, couple: DraftCouple | undefined): void {
  const { random } = draft;
  const apart = couple !== undefined && (couple.groups !== 'any' || couple.gateOpens > 0);
  const without = apart ? partner.spouse?.track : undefined;
  if (partner.patient) {
    joinTrack(draft, [partner], without);
  } else if (couple?.groups === 'any' && random.chance(0.4)) {
    joinTrack(draft, [partner], without, [0]);
  }
}

function setIndividuals(partner: DraftPartner, lacksJoint: boolean): void {
  const planned = partner.patient ? (partner.track?.individuals ?? 2) : 1;
  partner.individuals = partner.patient && lacksJoint ? planned + 1 : planned;
}

function plantTherapy(draft: Draft, couple: DraftCouple): void {
  const { random } = draft;
  const [a, b] = couple.partners;
  const joint = couple.gateOpens < draft.dates.count ? plantJoint(draft, couple, []) : undefined;
  if (joint !== undefined) couple.therapist = joint;
  for (const partner of [a, b]) {
    const others = [joint, a.therapist, b.therapist].filter((therapist) => therapist !== undefined);
    const therapist = plantIndividuals(draft, partner, others);
    if (therapist !== undefined) partner.therapist = therapist;
  }
  const all = [joint, a.therapist, b.therapist].filter((therapist) => therapist !== undefined);
  const partner = random.pick([a, b]);
  if (random.chance(0.12)) substitute(draft, partner, all);
}
