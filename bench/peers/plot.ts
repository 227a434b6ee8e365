import type { Step } from './answers.ts';

/** What one engine told of one case. */
export interface Curve {
  name: string;
  scores: readonly Step[];
  bounds: readonly Step[];
}

export interface Panel {
  title: string;
  curves: readonly Curve[];
}

/** A range of values, drawn between two pixels. */
interface Axis {
  from: number;
  to: number;
  /** Pixels of `from` and `to`. */
  pixels: readonly [number, number];
}

const WIDTH = 900;
const HEIGHT = 340;
const LEFT = 70;
const RIGHT = 220;
const TOP = 40;
const BOTTOM = 50;
/** Okabe and Ito's colours, which readers who are colour-blind tell apart. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#e69f00', '#cc79a7', '#56b4e9', '#000000'];
/** Scores above this multiple of the best are cut off, or else what matters would be a flat line. */
const CEILING = 2.5;

/** One panel a case: scores over time as steps, bounds as dashed ones, on a logarithmic axis of time that ends at `lastSecond`. */
export function plotSvg(panels: readonly Panel[], lastSecond: number): string {
  const height = Math.max(1, panels.length) * HEIGHT;
  const names = [...new Set(panels.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  const body = panels.flatMap((panel, index) => [
    `<g transform="translate(0 ${index * HEIGHT})">`,
    ...drawPanel(panel, index, names, lastSecond),
    '</g>',
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ title, curves }: Panel, index: number, names: readonly string[], lastSecond: number): string[] {
  const time: Axis = { from: firstSecond(curves, lastSecond), to: lastSecond, pixels: [LEFT, WIDTH - RIGHT] };
  const value: Axis = { ...valueRange(curves), pixels: [HEIGHT - BOTTOM, TOP] };
  const plain = { width: WIDTH - RIGHT - LEFT, height: HEIGHT - BOTTOM - TOP };
  return [
    `<text x="${LEFT}" y="${TOP - 14}" font-size="14">${escaped(title)}</text>`,
    `<clipPath id="panel${index}"><rect x="${LEFT}" y="${TOP - 1}" width="${plain.width}" height="${plain.height + 2}"/></clipPath>`,
    `<rect x="${LEFT}" y="${TOP}" width="${plain.width}" height="${plain.height}" fill="none" stroke="#999"/>`,
    ...drawAxes(time, value),
    `<g clip-path="url(#panel${index})" fill="none" stroke-width="1.8">`,
    ...curves.flatMap(({ name, scores, bounds }) => {
      const colour = COLOURS[names.indexOf(name) % COLOURS.length]!;
      return [drawSteps(scores, time, value, colour, ''), drawSteps(bounds, time, value, colour, ' stroke-dasharray="3 4" opacity="0.7"')];
    }),
    '</g>',
    ...drawLegend(curves, names),
  ];
}

function drawAxes(time: Axis, value: Axis): string[] {
  const [bottom] = value.pixels;
  const [left, right] = time.pixels;
  const ticks = timeTicks(time.from, time.to).map(
    (second) => `<text x="${logarithmic(time, second)}" y="${bottom + 16}" text-anchor="middle">${second}</text>`,
  );
  const lines = valueTicks(value.from, value.to).flatMap((each) => [
    `<line x1="${left}" x2="${right}" y1="${linear(value, each)}" y2="${linear(value, each)}" stroke="#eee"/>`,
    `<text x="${left - 8}" y="${linear(value, each) + 4}" text-anchor="end">${each}</text>`,
  ]);
  return [...lines, ...ticks, `<text x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle">seconds</text>`];
}

function drawLegend(curves: readonly Curve[], names: readonly string[]): string[] {
  const shown = names.filter((name) => curves.some((curve) => curve.name === name));
  return shown.flatMap((name, row) => {
    const [x, y] = [WIDTH - RIGHT + 16, TOP + 12 + 20 * row];
    const found = curves.some((curve) => curve.name === name && curve.scores.length > 0);
    return [
      `<line x1="${x}" x2="${x + 22}" y1="${y - 4}" y2="${y - 4}" stroke="${COLOURS[names.indexOf(name) % COLOURS.length]}" stroke-width="3"/>`,
      `<text x="${x + 30}" y="${y}">${escaped(name)}${found ? '' : ' (no plan)'}</text>`,
    ];
  });
}

/** A value holds until the next one, and the last one to the end of the axis. */
function drawSteps(steps: readonly Step[], time: Axis, value: Axis, colour: string, style: string): string {
  const [first, ...rest] = steps.filter(({ seconds }) => seconds <= time.to);
  if (first === undefined) return '';
  const moves = rest.map((step) => `H${logarithmic(time, step.seconds)}V${linear(value, step.value)}`);
  return `<path d="M${logarithmic(time, first.seconds)} ${linear(value, first.value)}${moves.join('')}H${time.pixels[1]}" stroke="${colour}"${style}/>`;
}

function firstSecond(curves: readonly Curve[], lastSecond: number): number {
  const firsts = curves
    .flatMap(({ scores, bounds }) => [scores[0], bounds[0]])
    .flatMap((step) => (step === undefined ? [] : [step.seconds]));
  const least = Math.min(lastSecond / 10, ...firsts);
  return 10 ** Math.floor(Math.log10(Math.max(0.01, least)));
}

function valueRange(curves: readonly Curve[]): Pick<Axis, 'from' | 'to'> {
  const scores = curves.flatMap((curve) => curve.scores.map(({ value }) => value));
  const bounds = curves.flatMap((curve) => curve.bounds.at(-1)?.value ?? []);
  const best = Math.min(...scores, Infinity);
  if (best === Infinity) return { from: 0, to: Math.max(1, ...bounds) * 1.1 };
  const to = Math.min(Math.max(...scores), Math.max(best * CEILING, best + 10));
  const from = Math.max(0, Math.min(best, ...bounds.filter((bound) => bound > best / 2)));
  const margin = Math.max(1, (to - from) * 0.06);
  return { from: Math.max(0, from - margin), to: to + margin };
}

export function logarithmic({ from, to, pixels: [low, high] }: Axis, value: number): number {
  const share = Math.log(Math.max(value, from) / from) / Math.log(to / from);
  return rounded(low + share * (high - low));
}

export function linear({ from, to, pixels: [low, high] }: Axis, value: number): number {
  return rounded(low + ((value - from) / (to - from)) * (high - low));
}

function rounded(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}

/** 1, 2 and 5 of each power of ten within the range. */
function timeTicks(from: number, to: number): number[] {
  const powers = Array.from({ length: 8 }, (_, index) => index - 3);
  return powers.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))).filter((tick) => tick >= from && tick <= to);
}

/** About five round values within the range. */
function valueTicks(from: number, to: number): number[] {
  const rough = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= rough) ?? power);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
