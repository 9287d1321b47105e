import type { ExternalFormat } from '../../../kql/external-table';

/** Takes text piece by piece and gives the records that are complete; `end` gives the last and is ready for another file. */
export interface RecordSplitter {
  push(text: string): string[][];
  end(): string[][];
}

const separators: Partial<Record<ExternalFormat, string>> = {
  csv: ',',
  tsv: '\t',
  tsve: '\t',
  psv: '|',
  scsv: ';',
  sohsv: '\u0001',
};

/** Cells of delimited formats; one cell with the whole record for the others. */
export function recordSplitter(format: ExternalFormat): RecordSplitter {
  const separator = separators[format];
  if (format === 'tsve') return mapped(splitLines(), (line) => line.split('\t').map(unescapeTsv));
  if (separator !== undefined) return splitDelimited(separator);
  if (format === 'raw') return splitNothing();
  return format === 'multijson' ? splitJson() : splitLines();
}

function mapped(inner: RecordSplitter, change: (line: string) => string[]): RecordSplitter {
  const all = (records: string[][]) => records.map(([line = '']) => change(line));
  return { push: (text) => all(inner.push(text)), end: () => all(inner.end()) };
}

function unescapeTsv(cell: string): string {
  const named: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
  return cell.replace(/\\(.)/g, (whole, letter: string) => named[letter] ?? whole);
}

function splitNothing(): RecordSplitter {
  let all = '';
  return {
    push(text) {
      all += text;
      return [];
    },
    end() {
      const whole = all;
      all = '';
      return whole === '' ? [] : [[whole]];
    },
  };
}

/** Lines; empty ones hold no record. */
function splitLines(): RecordSplitter {
  let rest = '';
  return {
    push(text) {
      // What has no end yet is not looked through again: a line may be as long as the file.
      const end = text.lastIndexOf('\n');
      if (end < 0) {
        rest += text;
        return [];
      }
      const lines = (rest + text.slice(0, end)).split('\n');
      rest = text.slice(end + 1);
      return lines.map((line) => line.replace(/\r$/, '')).flatMap((line) => (line === '' ? [] : [[line]]));
    },
    end() {
      const line = rest.replace(/\r$/, '');
      rest = '';
      return line === '' ? [] : [[line]];
    },
  };
}

/** RFC 4180 with any separator: cells in quotes may hold separators, doubled quotes and line breaks. Empty lines hold no record. */
function splitDelimited(separator: string): RecordSplitter {
  let cells: string[] = [];
  let cell = '';
  let state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  let afterReturn = false;
  const endRecord = (records: string[][]) => {
    if (cells.length > 0 || cell !== '' || state !== 'start') records.push([...cells, cell]);
    cells = [];
    cell = '';
    state = 'start';
  };
  return {
    push(text) {
      const records: string[][] = [];
      for (let i = 0; i < text.length; i++) {
        const character = text[i] ?? '';
        if (state === 'quoted') {
          const end = text.indexOf('"', i);
          cell += text.slice(i, end < 0 ? text.length : end);
          if (end < 0) break;
          i = end;
          state = 'quote';
          continue;
        }
        const skipped = afterReturn && character === '\n';
        afterReturn = character === '\r';
        if (skipped) continue;
        if (character === '"' && state === 'quote') {
          cell += '"';
          state = 'quoted';
        } else if (character === '"' && state === 'start') state = 'quoted';
        else if (character === separator) {
          cells.push(cell);
          cell = '';
          state = 'start';
        } else if (character === '\n' || character === '\r') endRecord(records);
        else {
          let end = i + 1;
          while (end < text.length && !isBoundary(text.charCodeAt(end), separator)) end++;
          cell += text.slice(i, end);
          i = end - 1;
          state = 'plain';
        }
      }
      return records;
    },
    end() {
      const records: string[][] = [];
      afterReturn = false;
      endRecord(records);
      return records;
    },
  };
}

function isBoundary(code: number, separator: string): boolean {
  return code === 10 || code === 13 || code === separator.charCodeAt(0);
}

/** JSON values one behind the other, over any number of lines; the elements of an array at the top are records of their own. */
function splitJson(): RecordSplitter {
  let depth = 0;
  let inArray = false;
  let inString = false;
  let escaped = false;
  let record = '';
  let started = false;
  return {
    push(text) {
      const records: string[][] = [];
      let from = started ? 0 : -1;
      for (let i = 0; i < text.length; i++) {
        const character = text[i] ?? '';
        if (inString) {
          if (escaped) escaped = false;
          else if (character === '\\') escaped = true;
          else if (character === '"') inString = false;
          continue;
        }
        if (!started) {
          if (character === '[' && !inArray) inArray = true;
          else if (character === ']' && inArray) inArray = false;
          else if (!/[\s,]/.test(character)) {
            started = true;
            from = i;
          }
        }
        if (!started) continue;
        if (character === '"') inString = true;
        else if (character === '{' || character === '[') depth++;
        else if (character === '}' || character === ']') depth--;
        const bare = depth <= 0 && !inString && /[\s,\]]/.test(character);
        if (depth <= 0 && (character === '}' || character === ']' || bare)) {
          const whole = depth === 0 && !bare ? i + 1 : i;
          records.push([record + text.slice(from, whole)]);
          if (depth < 0) inArray = false;
          record = '';
          depth = 0;
          started = false;
          from = -1;
        }
      }
      if (from >= 0) record += text.slice(from);
      return records;
    },
    end() {
      const last = record.trim();
      [depth, inArray, inString, escaped, record, started] = [0, false, false, false, '', false];
      return last === '' ? [] : [[last]];
    },
  };
}
