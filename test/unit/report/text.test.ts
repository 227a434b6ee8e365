import { describe, expect, it } from 'vitest';
import { alignedLines, countText, hoursText, idList, printable, REPORT_WIDTH, wrappedLines } from '../../../src/report/text.ts';

describe('printable', () => {
  it('keeps what prints, in any script', () => {
    expect(printable('Zoë-1 日本 __proto__')).toBe('Zoë-1 日本 __proto__');
  });

  it('writes out what would steer a terminal or break a line', () => {
    expect(printable('a\u001b[31m')).toBe('a\\u{1b}[31m');
    expect(printable('a\nb\tc')).toBe('a\\u{a}b\\u{9}c');
    // A right-to-left override, a zero-width space and a line separator.
    expect(printable('\u202e\u200b\u2028')).toBe('\\u{202e}\\u{200b}\\u{2028}');
  });

  it('is applied to each id of a list', () => {
    expect(idList(['a', 'b\r'])).toBe('a, b\\u{d}');
  });
});

describe('alignedLines', () => {
  it('aligns columns left and right, without spaces at the ends', () => {
    const rows = [
      ['x', '1', 'end'],
      ['long', '100', ''],
    ];
    expect(alignedLines(rows, { right: [1] })).toEqual(['  x       1  end', '  long  100']);
  });

  it('counts code points, and leaves out columns that are empty everywhere', () => {
    expect(
      alignedLines(
        [
          ['😀', '', 'b'],
          ['xy', '', 'c'],
        ],
        { indent: 0 },
      ),
    ).toEqual(['😀   b', 'xy  c']);
    expect(alignedLines([])).toEqual([]);
  });
});

describe('wrappedLines', () => {
  it('fills lines up to the width of a report', () => {
    // 49 + 1 + 50 = 100 with no indent; one more column does not fit.
    const [first, second] = ['a'.repeat(49), 'b'.repeat(50)];
    expect(wrappedLines(`${first} ${second}`, 0)).toEqual([`${first} ${second}`]);
    expect(wrappedLines(`${first} ${second}`, 1)).toEqual([` ${first}`, ` ${second}`]);
  });

  it('leaves longer words whole, and loses none', () => {
    const word = 'x'.repeat(REPORT_WIDTH + 20);
    expect(wrappedLines(`a ${word} b`, 2)).toEqual(['  a', `  ${word}`, '  b']);
  });
});

describe('numbers', () => {
  it('writes minutes as hours and minutes', () => {
    expect([0, 5, 60, 545, 6000].map(hoursText)).toEqual(['0:00', '0:05', '1:00', '9:05', '100:00']);
  });

  it('counts in words', () => {
    expect([0, 1, 2].map((count) => countText(count, 'session'))).toEqual(['no sessions', '1 session', '2 sessions']);
  });
});
