import { describe, expect, test } from 'vitest';
import { linear, logarithmic, plotSvg, type Curve } from '../../../../bench/peers/plot.ts';

const curve = (name: string, scores: [number, number][], bounds: [number, number][] = []): Curve => ({
  name,
  scores: scores.map(([seconds, value]) => ({ seconds, value })),
  bounds: bounds.map(([seconds, value]) => ({ seconds, value })),
});

/** Paths of a plot, in order. */
function paths(svg: string): string[] {
  return [...svg.matchAll(/<path d="([^"]+)"/g)].map(([, path = '']) => path);
}

describe('an axis', () => {
  test('of time gives each power of ten the same room, and cuts off what comes before', () => {
    const axis = { from: 0.1, to: 100, pixels: [0, 300] as const };
    expect([0.01, 0.1, 1, 10, 100].map((second) => logarithmic(axis, second))).toEqual([0, 0, 100, 200, 300]);
  });

  test('of values runs upwards', () => {
    const axis = { from: 50, to: 150, pixels: [200, 0] as const };
    expect([50, 100, 150].map((value) => linear(axis, value))).toEqual([200, 100, 0]);
  });
});

describe('a plot', () => {
  test('draws steps: across at the old value, then to the new one, the last to the end', () => {
    const [path = ''] = paths(plotSvg([{ title: 'case', curves: [curve('a', [[1, 100], [10, 80]])] }], 100)); // prettier-ignore
    const [, x1, y1, x2, y2, end] = /^M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H([\d.]+)$/.exec(path)?.map(Number) ?? [];
    // The axis runs from one second, where the first step is, over two powers of ten.
    expect([x1, x2, end]).toEqual([70, 375, 680]);
    expect(y2).toBeGreaterThan(y1!);
  });

  test('leaves out what comes after its end, and says which engines have no plan', () => {
    const svg = plotSvg([{ title: 'case', curves: [curve('a', [[200, 5]]), curve('b', [], [[1, 3]]), curve('c', [[1, 9]])] }], 100); // prettier-ignore
    expect(paths(svg)).toHaveLength(2);
    expect([...svg.matchAll(/>([abc]( \(no plan\))?)</g)].map(([, text]) => text)).toEqual(['a', 'b (no plan)', 'c']);
  });

  test('keeps what matters in sight beside a very bad first plan', () => {
    const svg = plotSvg([{ title: 'case', curves: [curve('a', [[1, 10_000], [2, 110], [3, 100]], [[1, 90]])] }], 100); // prettier-ignore
    const labels = [...svg.matchAll(/text-anchor="end">(\d+)</g)].map(([, label]) => Number(label));
    expect(Math.max(...labels)).toBeLessThanOrEqual(270);
    expect(labels.some((label) => label <= 110)).toBe(true);
  });

  test('is one panel below another, with the same colour for an engine in all, and escapes its texts', () => {
    const svg = plotSvg([{ title: '1 < 2 & 3', curves: [curve('a', [[1, 9]])] }, { title: 'b', curves: [curve('b', [[1, 9]]), curve('a', [[1, 8]])] }], 10); // prettier-ignore
    expect(svg).toContain('1 &lt; 2 &amp; 3');
    expect([...svg.matchAll(/translate\(0 (\d+)\)/g)].map(([, offset]) => Number(offset))).toEqual([0, 340]);
    const colours = [...svg.matchAll(/<path [^>]*stroke="(#\w+)"/g)].map(([, colour]) => colour);
    expect(colours).toHaveLength(3);
    expect(colours[0]).toBe(colours[2]);
    expect(colours[0]).not.toBe(colours[1]);
  });
});
