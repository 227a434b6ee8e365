/** Columns that a report keeps to where the ids in it allow. */
export const REPORT_WIDTH = 100;

/** Controls, formatting characters (direction overrides, zero widths), line and paragraph separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text of the program's author, such as an id, safe for a terminal: what does not print is written as `\u{...}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Ids separated by commas. */
export function idList(ids: readonly string[]): string {
  return ids.map(printable).join(', ');
}

/** Code points, which is columns but for wide and combining characters. */
function widthOf(text: string): number {
  return [...text].length;
}

/**
 * Rows as lines with aligned columns, two spaces between them and `indent` before them. Cells are set left, those in columns
 * of `right` (from 0) right. Columns that are empty in all rows are left out, as are spaces at the ends of lines.
 */
export function alignedLines(rows: readonly (readonly string[])[], { indent = 2, right = [] as readonly number[] } = {}): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) => {
    const cells = widths.map((width, column) => padded(row[column] ?? '', width, right.includes(column)));
    return (' '.repeat(indent) + cells.filter((_, column) => widths[column] !== 0).join('  ')).trimEnd();
  });
}

function padded(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - widthOf(text));
  return right ? space + text : text + space;
}

/** A text broken at spaces into lines of at most `REPORT_WIDTH` columns, each with `indent` spaces before it; longer words stay whole. */
export function wrappedLines(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((each) => each !== '')) {
    if (line !== '' && indent + widthOf(line) + 1 + widthOf(word) > REPORT_WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each);
}

/** Minutes as hours and minutes, `9:05`. */
export function hoursText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `1 session`, `2 sessions`, `no sessions`. */
export function countText(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
