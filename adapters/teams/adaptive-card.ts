import { CARD_VERSION } from './limits';
import { inertText } from './text';

/** Part of an Adaptive Card: JSON with a type. */
export interface Element {
  type: string;
  [property: string]: unknown;
}

export interface AdaptiveCard extends Element {
  type: 'AdaptiveCard';
  version: typeof CARD_VERSION;
  body: Element[];
}

export interface RunStyle {
  size?: 'Small' | 'Medium' | 'Large';
  weight?: 'Bolder';
  color?: 'Good' | 'Warning' | 'Attention' | 'Accent';
  isSubtle?: true;
  fontType?: 'Monospace';
}

/** `Full` width, since tables and queries are drawn in it. */
export function adaptiveCard(fallbackText: string, body: Element[], actions: Element[] = []): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: CARD_VERSION,
    fallbackText: inertText(fallbackText),
    msteams: { width: 'Full' },
    body,
    ...(actions.length === 0 ? {} : { actions }),
  };
}

/** Plain text: Teams reads no markdown, mention or link in a RichTextBlock, whatever its characters. */
export function plain(text: string, style: RunStyle = {}): Element {
  return runs([run(text, style)]);
}

export function run(text: string, style: RunStyle = {}): Element {
  return { type: 'TextRun', text: inertText(text), ...style };
}

export function runs(inlines: Element[]): Element {
  return { type: 'RichTextBlock', inlines };
}

/** A button beside what it acts on; on a narrow screen both keep their place. */
export function beside(wide: Element, narrow: Element): Element {
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [wide] },
      { type: 'Column', width: 'auto', verticalContentAlignment: 'Bottom', items: [narrow] },
    ],
  };
}

export function cell(items: Element[]): Element {
  return { type: 'TableCell', items };
}
