import type { Button, Card } from '../chat/card';
import type { Indicator, IndicatorKind } from '../domain/indicator';
import { pager } from './pager';
import { counted, dayText, instantText, shortened } from './wording';

const kindNames: Record<IndicatorKind, string> = {
  'ipv4-addr': 'IPv4 address',
  'ipv6-addr': 'IPv6 address',
  'domain-name': 'domain',
  url: 'URL',
  'email-addr': 'e-mail address',
  'file-md5': 'MD5',
  'file-sha1': 'SHA-1',
  'file-sha256': 'SHA-256',
};

export type IndicatorState = 'active' | 'expired' | 'revoked';

export function kindText(kind: IndicatorKind): string {
  return kindNames[kind];
}

/** A value that no client makes a link of: `evil[.]example`, `hxxp://evil[.]example/a`. */
export function inertValue({ kind, value }: Pick<Indicator, 'kind' | 'value'>): string {
  if (kind === 'url')
    return value
      .replace(/^(f|h)tt?p/i, (scheme) => (scheme.toLowerCase() === 'ftp' ? 'fxp' : 'hxxp'))
      .replace(/^(\w+:\/\/[^/?#]*)/, (host) => host.replaceAll('.', '[.]'));
  if (kind === 'email-addr') return value.replace('@', '[@]').replaceAll('.', '[.]');
  return kind === 'domain-name' || kind === 'ipv4-addr' ? value.replaceAll('.', '[.]') : value;
}

export interface IndicatorPlaces {
  /** Entities and bookmarks that name it. */
  entities: string[];
  bookmarks: string[];
}

export function indicatorCard(
  one: Indicator,
  state: IndicatorState,
  options: { verb?: string; places?: IndicatorPlaces } = {},
): Card {
  const args = { indicator: one.id };
  const title = `${one.id} · ${shortened(inertValue(one), 120)}`;
  const stateText = {
    active: one.validUntil ? `active until ${dayText(one.validUntil)}` : 'active, without an end',
    expired: `expired on ${one.validUntil ? dayText(one.validUntil) : ''}`,
    revoked: `revoked by ${one.revokedBy?.name ?? 'somebody'}${one.revokedAt ? `, ${instantText(one.revokedAt)}` : ''}`,
  }[state];
  const named = [...(options.places?.entities ?? []), ...(options.places?.bookmarks ?? [])];
  const sweep: Button = {
    label: 'Where else is it?',
    command: 'indicator sweep',
    args,
    opens: 'nothing',
    style: 'primary',
  };
  const edit: Button = { label: 'Edit', command: 'indicator edit', args, opens: 'form' };
  const back: Button = { label: 'Reinstate', command: 'indicator reinstate', args, opens: 'nothing' };
  const revoke: Button = {
    label: 'Revoke',
    command: 'indicator revoke',
    args: { ...args, confirmed: 'yes' },
    opens: 'nothing',
    style: 'danger',
    confirm: {
      title: `Revoke ${one.id}?`,
      text: 'It stays on record, is exported as revoked, and can be reinstated.',
      yes: 'Revoke',
    },
  };
  return {
    title: options.verb ? `${options.verb} ${title}` : title,
    tone: state === 'active' ? 'warning' : 'neutral',
    blocks: [
      ...(one.description ? [{ type: 'text' as const, text: one.description }] : []),
      {
        type: 'facts',
        facts: [
          { label: 'Type', value: kindText(one.kind) },
          ...(inertValue(one).length > 120 ? [{ label: 'Value', value: inertValue(one) }] : []),
          { label: 'State', value: stateText },
          { label: 'Confidence', value: `${one.confidence} of 100` },
          { label: 'TLP', value: one.tlp.toUpperCase() },
          ...(one.tags.length > 0 ? [{ label: 'Tags', value: one.tags.join(', ') }] : []),
          ...(one.hunts.length > 0 ? [{ label: 'Hunts', value: one.hunts.join(', ') }] : []),
          ...(named.length > 0 ? [{ label: 'Named by', value: named.join(', ') }] : []),
        ],
      },
      { type: 'actions', buttons: state === 'revoked' ? [back, edit] : [sweep, edit, revoke] },
      {
        type: 'note',
        text: `Added by ${one.createdBy.name}, ${instantText(one.createdAt)}. STIX pattern: ${inertValue({ kind: 'url', value: one.pattern })}`,
      },
    ],
  };
}

export function indicatorListCard(list: {
  indicators: { one: Indicator; state: IndicatorState }[];
  total: number;
  page: number;
  pages: number;
  args: Record<string, string>;
  filtered: boolean;
  now: Date;
}): Card {
  const add: Button = {
    label: 'Add indicators',
    command: 'indicator add',
    args: list.args.hunt ? { hunt: list.args.hunt } : {},
    opens: 'form',
    style: 'primary',
  };
  if (list.total === 0)
    return {
      title: list.filtered ? 'No indicator fits' : 'No indicators yet',
      blocks: [
        {
          type: 'text',
          text: list.filtered
            ? 'There may be others without these filters.'
            : 'Add an address, domain, URL, e-mail address or hash; written harmlessly (evil[.]example) is fine. An entity’s page has a button for it too.',
        },
        {
          type: 'actions',
          buttons: [
            add,
            ...(list.filtered
              ? [{ label: 'All indicators', command: 'indicators', args: {}, opens: 'nothing' as const }]
              : []),
          ],
        },
      ],
    };
  return {
    title: counted(list.total, 'indicator'),
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Indicator' },
          { title: 'Value' },
          { title: 'Type' },
          { title: 'State' },
          { title: 'TLP' },
          { title: 'Hunts' },
        ],
        rows: list.indicators.map(({ one, state }) => [
          one.id,
          shortened(inertValue(one), 90),
          kindText(one.kind),
          state === 'active' && one.validUntil ? `until ${dayText(one.validUntil)}` : state,
          one.tlp,
          one.hunts.join(', '),
        ]),
        ...(list.total > list.indicators.length
          ? { total: list.total, rest: `page ${list.page} of ${list.pages}` }
          : {}),
      },
      {
        type: 'select',
        field: 'indicator',
        label: 'Open an indicator',
        options: list.indicators.map(({ one }) => ({
          value: one.id,
          label: shortened(`${one.id} · ${inertValue(one)}`, 70),
        })),
        act: { command: 'indicator show', args: {} },
      },
      ...pager('indicators', list.args, list),
      {
        type: 'actions',
        buttons: [
          add,
          { label: 'As STIX', command: 'export indicators', args: { ...list.args, format: 'stix' }, opens: 'nothing' },
        ],
      },
    ],
  };
}

export interface AddedLine {
  text: string;
  outcome: 'added' | 'known' | 'left';
  key: string;
  why: string;
}

/** What became of several values that were added at once. */
export function addedIndicatorsCard(lines: AddedLine[], by: string): Card {
  const count = (outcome: AddedLine['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const left = lines.filter((line) => line.outcome === 'left');
  const kept = lines.filter((line) => line.outcome !== 'left');
  const words = { added: 'new', known: 'was known', left: 'left out' } as const;
  const shown = [...left, ...kept].slice(0, 20);
  return {
    title: `${counted(count('added'), 'indicator')} added by ${by}${count('known') > 0 ? `, ${count('known')} known already` : ''}${left.length > 0 ? `, ${left.length} left out` : ''}`,
    tone: left.length > 0 ? 'warning' : 'good',
    blocks: [
      {
        type: 'table',
        columns: [{ title: 'Value' }, { title: 'Became' }, { title: '' }],
        rows: shown.map((line) => [
          shortened(line.text, 90),
          line.key || words[line.outcome],
          line.outcome === 'left' ? line.why : words[line.outcome],
        ]),
        ...(lines.length > shown.length
          ? { total: lines.length, rest: 'those left out come first; “indicators” lists what was kept' }
          : {}),
      },
      { type: 'actions', buttons: [{ label: 'Indicators', command: 'indicators', args: {}, opens: 'nothing' }] },
    ],
  };
}
