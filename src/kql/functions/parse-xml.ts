import { toText } from './convert';
import { defineScalar, type ScalarFunction } from './define-function';

type XmlJson = null | string | XmlJson[] | { [key: string]: XmlJson };

/** The documented limits of parse_xml: longer or deeper texts give null. */
const longest = 1024 * 1024;
const deepest = 128;

interface Element {
  name: string;
  members: [key: string, value: XmlJson][];
  text: string;
}

const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE(?:[^[>]|\[[^\]]*\])*>|<\/\s*([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeText(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function attributes(text: string): [string, XmlJson][] {
  return [...text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
    `@${name}`,
    unescapeText(double ?? single ?? ''),
  ]);
}

/** An element alone is its text or null; with attributes or children a bag, in which elements of one name make an array. */
function jsonOf({ members, text }: Element): XmlJson {
  const trimmed = text.trim();
  if (members.length === 0) return trimmed === '' ? null : trimmed;
  const bag = new Map<string, XmlJson>(members.filter(([key]) => key.startsWith('@')));
  if (trimmed !== '') bag.set('#text', trimmed);
  const repeated = new Set<string>();
  for (const [key, value] of members) {
    if (key.startsWith('@')) continue;
    const before = bag.get(key);
    if (!bag.has(key)) bag.set(key, value);
    else if (repeated.has(key) && Array.isArray(before)) before.push(value);
    else {
      bag.set(key, [before ?? null, value]);
      repeated.add(key);
    }
  }
  return Object.fromEntries(bag);
}

/** The JSON of an XML document, or undefined where it is not well formed. */
function parseXml(text: string): XmlJson | undefined {
  if (text.length > longest) return undefined;
  const root: Element = { name: '', members: [], text: '' };
  const open: Element[] = [root];
  markup.lastIndex = 0;
  while (markup.lastIndex < text.length) {
    const found = markup.exec(text);
    const current = open.at(-1);
    if (!found || !current) return undefined;
    const [, cdata, closing, opening, attributeText, isEmpty, plain] = found;
    if (cdata !== undefined) current.text += cdata;
    if (plain !== undefined) current.text += unescapeText(plain);
    if (opening !== undefined) {
      if (open.length > deepest || (current === root && root.members.length > 0)) return undefined;
      const element: Element = { name: opening, members: attributes(attributeText ?? ''), text: '' };
      if (isEmpty) current.members.push([opening, jsonOf(element)]);
      else open.push(element);
    }
    if (closing !== undefined) {
      if (current.name !== closing || open.length < 2) return undefined;
      open.pop();
      open.at(-1)?.members.push([closing, jsonOf(current)]);
    }
  }
  if (open.length > 1 || root.members.length !== 1 || root.text.trim() !== '') return undefined;
  return jsonOf(root);
}

export const xmlFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'parse_xml',
    arity: [1, 1],
    scripts: [
      {
        name: 'kql_parse_xml',
        parameters: ['VARCHAR'],
        returns: 'VARCHAR',
        run(text) {
          const value = typeof text === 'string' ? parseXml(text) : undefined;
          return value === undefined ? null : JSON.stringify(value);
        },
      },
    ],
    compile: ([text], call) =>
      text
        ? { sql: `kql_parse_xml(${toText(text)})::JSON`, type: 'dynamic' }
        : call.fail('type', 'parse_xml needs a text'),
  }),
];
