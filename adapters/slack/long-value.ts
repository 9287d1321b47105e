import { headOf } from '../../src/chat/cut-text';
import { viewLimits } from './limits';

/** Between a field's name and what says how a further piece of its value joins on. */
export const PART = '~';

export interface Piece {
  text: string;
  /** `n`: a line break stood before this piece and is put back; `c`: the piece goes on in the middle of a line. */
  joint: 'n' | 'c';
}

/** Pieces that one input takes each, split at line ends where there are any; one empty piece for an empty value. */
export function pieceValue(value: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = value;
  let joint: Piece['joint'] = 'n';
  do {
    const head = headOf(rest, viewLimits.input);
    const line = head.length < rest.length ? head.lastIndexOf('\n') : -1;
    const end = line > 0 ? line : head.length;
    pieces.push({ text: rest.slice(0, end), joint });
    joint = line > 0 ? 'n' : 'c';
    rest = rest.slice(line > 0 ? end + 1 : end);
  } while (rest !== '');
  return pieces;
}

/** `joint` as it stands in the id of the further piece's block. */
export function joinPiece(before: string, next: string, joint: string): string {
  if (next === '') return before;
  return joint.startsWith('n') ? `${before}\n${next}` : before + next;
}
