import { kusto, listItems } from './kusto';

/**
 * `find … project a, pack_all()`: the parser knows this only as `pack(*)`, its older spelling, and stops behind the name. Both
 * are put at the same length, so that every place stays.
 */
export function withFindPack(text: string): string {
  if (!/\bfind\b.*\bpack_all\s*\(\s*\)/s.test(text)) return text;
  let spelled = text;
  for (const { Start } of listItems(kusto().Language.KustoCode.Parse(text).GetDiagnostics())) {
    const name = /\bpack_all(\s*)$/.exec(text.slice(0, Start));
    const brackets = /^\s*\(\s*\)/.exec(text.slice(Start));
    if (!name || !brackets) continue;
    const [from, to] = [name.index, Start + brackets[0].length];
    spelled = `${spelled.slice(0, from)}${'pack(*)'.padEnd(to - from)}${spelled.slice(to)}`;
  }
  return spelled;
}
