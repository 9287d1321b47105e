import type { Indicator, IndicatorKind } from '../domain/indicator';
import type { Column, TableInfo } from '../ports/query-engine';

interface Place {
  /** Columns that hold the value by itself. */
  equal: RegExp;
  /** Columns that hold it within something longer. */
  within?: RegExp;
}

const addresses =
  /^(?:.*ip(?:v[46])?|.*ip_?address(?:es)?|.*(?:source|destination|remote|local|client|caller|host)_?ip|networkip|.*addr)$/i;
const longer = /^(?:.*url|.*uri|requesturl|.*commandline|syslogmessage|message|.*query|queryname)$/i;

const places: Record<IndicatorKind, Place> = {
  'ipv4-addr': { equal: addresses, within: longer },
  'ipv6-addr': { equal: addresses, within: longer },
  'domain-name': {
    equal: /^(?:.*domain|.*domainname|.*hostname|.*fqdn|name|queryname)$/i,
    within: /^(?:.*url|.*uri|requesturl|.*commandline|syslogmessage|message|.*email.*address|.*fromaddress)$/i,
  },
  url: { equal: /^(?:.*url|.*uri)$/i, within: /^(?:.*commandline|syslogmessage|message|.*url|.*uri)$/i },
  'email-addr': { equal: /^(?:.*e?mail.*|.*upn|userprincipalname|.*fromaddress|account|accountupn|userid)$/i },
  'file-md5': { equal: /^(?:.*md5|.*filehash|hash|hashes)$/i, within: /^hashes$/i },
  'file-sha1': { equal: /^(?:.*sha_?1|.*filehash|hash|hashes)$/i, within: /^hashes$/i },
  'file-sha256': { equal: /^(?:.*sha_?256|.*filehash|hash|hashes)$/i, within: /^hashes$/i },
};

export interface PlacedQuery {
  table: string;
  columns: string[];
  text: string;
}

/** A query for every table that has a column where the value may stand; the value is quoted, whatever it holds. */
export function indicatorQueries(one: Pick<Indicator, 'kind' | 'value'>, tables: readonly TableInfo[]): PlacedQuery[] {
  const value = kqlString(one.value);
  return tables.flatMap((table) => {
    const { equal, within } = columnsFor(one.kind, table.columns);
    const tests = [
      ...equal.map((name) => `${columnName(name)} =~ ${value}`),
      ...within.map((name) => `${columnName(name)} contains ${value}`),
    ];
    if (tests.length === 0) return [];
    const text = `${columnName(table.name)}\n| where ${tests.join('\n    or ')}`;
    return [{ table: table.name, columns: [...equal, ...within], text }];
  });
}

function columnsFor(kind: IndicatorKind, columns: readonly Column[]): { equal: string[]; within: string[] } {
  const texts = columns.filter((column) => column.type === 'string').map((column) => column.name);
  const place = places[kind];
  const within = texts.filter((name) => place.within?.test(name));
  return { equal: texts.filter((name) => place.equal.test(name) && !within.includes(name)), within };
}

/** A KQL literal: nothing in the text can end it. */
export function kqlString(text: string): string {
  const inner = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${inner}"`;
}

function columnName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replace(/[\\']/g, '\\$&')}']`;
}
