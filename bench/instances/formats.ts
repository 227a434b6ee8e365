/** Clock and credited minutes of a session. */
export interface Length {
  minutes: number;
  credit: number;
}

/** A week of a group: on `days` days, `perDay` meetings an hour or more apart; whoever attends it all has `individuals` individual sessions. */
export interface TrackKind {
  days: number;
  perDay: number;
  individuals: number;
}

/** How a programme builds its weekly nine hours (540 credited minutes) from groups, individual sessions and one joint session. */
export interface Format {
  group: Length;
  individual: Length;
  joint: Length;
  /** The therapist's minutes after a session. */
  bufferMinutes: number;
  /** Most clock minutes of a partner on a date. */
  dailyMinutes: number;
  /** Credited minutes that make a service day. */
  serviceDayMinutes: number;
  tracks: readonly TrackKind[];
}

/** Each comment adds up one week: groups + individual + joint. */
export const FORMATS: readonly Format[] = [
  {
    group: { minutes: 120, credit: 120 },
    individual: { minutes: 60, credit: 60 },
    joint: { minutes: 60, credit: 60 },
    bufferMinutes: 15,
    dailyMinutes: 240,
    serviceDayMinutes: 120,
    tracks: [
      { days: 3, perDay: 1, individuals: 2 }, // 360 + 120 + 60 = 540
      { days: 4, perDay: 1, individuals: 1 }, // 480 + 60 + 60 = 600
    ],
  },
  {
    group: { minutes: 90, credit: 90 },
    individual: { minutes: 60, credit: 60 },
    joint: { minutes: 60, credit: 60 },
    bufferMinutes: 10,
    dailyMinutes: 240,
    serviceDayMinutes: 90,
    tracks: [
      { days: 4, perDay: 1, individuals: 2 }, // 360 + 120 + 60 = 540
      { days: 5, perDay: 1, individuals: 1 }, // 450 + 60 + 60 = 570
    ],
  },
  {
    group: { minutes: 50, credit: 60 },
    individual: { minutes: 50, credit: 60 },
    joint: { minutes: 50, credit: 60 },
    bufferMinutes: 10,
    dailyMinutes: 250,
    serviceDayMinutes: 180,
    tracks: [
      { days: 3, perDay: 3, individuals: 1 }, // 540 + 60 + 60 = 660
      { days: 3, perDay: 2, individuals: 2 }, // 360 + 120 + 60 = 540
    ],
  },
  {
    group: { minutes: 50, credit: 50 },
    individual: { minutes: 50, credit: 50 },
    joint: { minutes: 50, credit: 50 },
    bufferMinutes: 10,
    dailyMinutes: 250,
    serviceDayMinutes: 150,
    tracks: [{ days: 3, perDay: 3, individuals: 1 }], // 450 + 50 + 50 = 550
  },
];
