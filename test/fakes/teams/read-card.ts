import { z } from 'zod';
import type { RawCard } from './check-activity';

const Node = z.record(z.string(), z.unknown());
type Node = z.infer<typeof Node>;

export interface CardInput {
  id: string;
  type: string;
  label: string;
  value: string | undefined;
  required: boolean;
  several: boolean;
  choices: { title: string; value: string }[];
  /** Teams looks the choices up by itself. */
  looksUp: boolean;
}

export interface CardAction {
  type: string;
  title: string;
  verb: string | undefined;
  data: Node;
  url: string | undefined;
}

/** Every button that a person can reach, those behind a confirmation included (`Delete` opens, `Yes, delete` acts). */
export function actionsOf(card: RawCard): CardAction[] {
  return nodesOf(card)
    .filter((node) => String(node.type).startsWith('Action.'))
    .map((node) => ({
      type: String(node.type),
      title: String(node.title ?? ''),
      verb: typeof node.verb === 'string' ? node.verb : undefined,
      data: Node.catch({}).parse(node.data),
      url: typeof node.url === 'string' ? node.url : undefined,
    }));
}

export function inputsOf(card: RawCard): CardInput[] {
  return nodesOf(card)
    .filter((node) => String(node.type).startsWith('Input.'))
    .map((node) => ({
      id: String(node.id),
      type: String(node.type),
      label: String(node.label ?? node.title ?? ''),
      value: typeof node.value === 'string' ? node.value : undefined,
      required: node.isRequired === true,
      several: node.isMultiSelect === true,
      choices: z
        .array(z.object({ title: z.string(), value: z.string() }))
        .catch([])
        .parse(node.choices),
      looksUp: node['choices.data'] !== undefined,
    }));
}

/** Every text that a person sees, in the order of the card. */
export function textsOf(card: RawCard): string[] {
  return nodesOf(card).flatMap((node) => {
    if (node.type === 'TextRun' || node.type === 'TextBlock') return [String(node.text)];
    if (String(node.type).startsWith('Input.')) return [String(node.label ?? node.title ?? '')];
    return String(node.type).startsWith('Action.') ? [`[${String(node.title)}]`] : [];
  });
}

/** Rows of the card's tables that have a header. */
export function tablesOf(card: RawCard): string[][][] {
  return nodesOf(card)
    .filter((node) => node.type === 'Table' && node.firstRowAsHeader !== false)
    .map((table) =>
      childrenOf(table.rows).map((row) => childrenOf(row.cells).map((cell) => nodesOf(cell).map(runText).join(''))),
    );
}

function runText(node: Node): string {
  return node.type === 'TextRun' ? String(node.text) : '';
}

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  const node = Node.safeParse(value);
  if (!node.success) return [];
  const below = ['body', 'items', 'columns', 'rows', 'cells', 'inlines', 'actions', 'card'];
  const own = typeof node.data.type === 'string' ? [node.data] : [];
  return [...own, ...below.flatMap((key) => nodesOf(node.data[key]))];
}

function childrenOf(value: unknown): Node[] {
  return z.array(Node).catch([]).parse(value);
}
