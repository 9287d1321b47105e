import { KqlError } from './kql-error';
import { type Globals, kusto, listItems, type ParsedCode } from './kusto';

/**
 * The text as Microsoft's analyser sees it. On some broken texts the analyser itself fails: then what the parser alone finds
 * wrong is given, and where that is nothing the query is refused.
 */
export function analyse(text: string, globals: Globals): ParsedCode {
  const { KustoCode } = kusto().Language;
  try {
    return KustoCode.ParseAndAnalyze(text, globals);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const parsed = KustoCode.Parse(text);
    if (listItems(parsed.GetDiagnostics()).some((one) => one.Severity === 'Error')) return parsed;
    throw new KqlError('unsupported', 'the query cannot be analysed: write it in smaller steps', 0, text.length);
  }
}
