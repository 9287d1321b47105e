import { z } from 'zod';
import type { Cell, QuerySummary } from '../../ports/query-engine';
import { type Fault, isCutAnswer } from './service-fault';

const Count = z.coerce.number().optional().catch(undefined);

/** The figures of a query, of which Log Analytics and Data Explorer write the same JSON under different roofs. */
export const Figures = z.looseObject({
  executionTime: Count,
  ExecutionTime: Count,
  inputDatasetStatistics: z.unknown().optional(),
  input_dataset_statistics: z.unknown().optional(),
});

const Rows = z.looseObject({ rows: z.looseObject({ total: Count, scanned: Count }) });

/** “Log Analytics read 1,200 of 90,000 rows in 0.4 s”; nothing where the service does not tell. */
export function scanNote(service: string, figures: z.infer<typeof Figures>): string[] {
  const input = figures.inputDatasetStatistics ?? figures.input_dataset_statistics;
  const parts = z
    .array(Rows)
    .catch([])
    .parse(Array.isArray(input) ? input : [input]);
  const sum = (key: 'total' | 'scanned') => parts.reduce((all, part) => all + (part.rows[key] ?? 0), 0);
  const seconds = figures.executionTime ?? figures.ExecutionTime;
  if (sum('total') === 0) return [];
  const took = seconds === undefined ? '' : ` in ${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return [
    `${service} read ${sum('scanned').toLocaleString('en-US')} of ${sum('total').toLocaleString('en-US')} rows${took}.`,
  ];
}

/** What a fault beside rows means for them. */
export function partialNote(service: string, fault: Fault): string {
  const said = fault.message.trim().replace(/\.?$/, '.');
  if (fault.warning) return `${service} warns: ${said}`;
  return isCutAnswer(fault)
    ? `${service} cut the answer at its own limit; more rows exist. It says: ${said}`
    : `The answer is incomplete: ${service} ended early. It says: ${said}`;
}

const Chart = z.looseObject({ Visualization: z.string().optional(), visualization: z.string().optional() });

/** `render` as the services repeat it, in the port's form; nothing for a plain table. */
export function readRender(value: unknown): Pick<QuerySummary, 'render'> {
  const parsed = Chart.safeParse(value);
  const chart = parsed.success ? (parsed.data.visualization ?? parsed.data.Visualization) : undefined;
  if (!parsed.success || !chart || chart === 'table') return {};
  const properties = Object.entries(parsed.data)
    .filter(([name, one]) => name.toLowerCase() !== 'visualization' && isSaid(one))
    .map(([name, one]) => [name.toLowerCase(), typeof one === 'string' ? one : JSON.stringify(one)]);
  return { render: { chart, properties: Object.fromEntries(properties) } };
}

function isSaid(value: unknown): value is Cell {
  return value !== null && value !== undefined && value !== '' && value !== false && value !== 'NaN';
}
