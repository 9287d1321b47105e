import type { Expr } from '../expr';
import { toJson, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { parseJsonPath, parseRawJson, printRawJson, type RawJson } from './raw-json';

function jsonScript(json: string, rest: string): string {
  return `(${json})::VARCHAR, ${rest}`;
}

function compileRemoveKeys([bag, keys]: Expr[], call: CallSite): Expr {
  if (!bag || !keys) return call.fail('type', 'bag_remove_keys needs a bag and an array of keys');
  return {
    sql: `kql_bag_remove_keys(${jsonScript(toJson(bag), `(${toJson(keys)})::VARCHAR`)})::JSON`,
    type: 'dynamic',
  };
}

function removeKeys(bagText: unknown, keysText: unknown): string | null {
  if (typeof bagText !== 'string') return null;
  let bag = parseRawJson(bagText);
  if (bag.kind !== 'bag') return null;
  const keys: unknown = typeof keysText === 'string' ? JSON.parse(keysText) : [];
  for (const key of Array.isArray(keys) ? keys : []) {
    const path = parseJsonPath(String(key));
    if (path) bag = without(bag, path);
  }
  return printRawJson(bag);
}

function without(value: RawJson, [step, ...rest]: (string | number)[]): RawJson {
  if (step === undefined) return value;
  if (value.kind === 'array' && typeof step === 'number') {
    if (rest.length === 0) return value;
    return { kind: 'array', items: value.items.map((item, index) => (index === step ? without(item, rest) : item)) };
  }
  if (value.kind !== 'bag') return value;
  const members = value.members.flatMap(([key, member]): [string, RawJson][] => {
    if (key !== String(step)) return [[key, member]];
    return rest.length === 0 ? [] : [[key, without(member, rest)]];
  });
  return { kind: 'bag', members };
}

function compileSetKey([bag, key, value]: Expr[], call: CallSite): Expr {
  if (!bag || !key || !value) return call.fail('type', 'bag_set_key needs a bag, a key and a value');
  const member = `coalesce((${toJson(value)})::VARCHAR, 'null')`;
  return { sql: `kql_bag_set_key(${jsonScript(toJson(bag), `${toText(key)}, ${member}`)})::JSON`, type: 'dynamic' };
}

function setKey(bagText: unknown, key: unknown, valueText: unknown): string | null {
  if (typeof bagText !== 'string' || typeof valueText !== 'string') return null;
  const bag = parseRawJson(bagText);
  const path = parseJsonPath(String(key));
  if (bag.kind !== 'bag' || !path) return null;
  return printRawJson(withValue(bag, path, parseRawJson(valueText)));
}

function withValue(current: RawJson | undefined, [step, ...rest]: (string | number)[], value: RawJson): RawJson {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    if (current?.kind !== 'array') return current ?? { kind: 'plain', text: 'null' };
    return {
      kind: 'array',
      items: current.items.map((item, index) => (index === step ? withValue(item, rest, value) : item)),
    };
  }
  const members = current?.kind === 'bag' ? current.members : [];
  const old = members.find(([key]) => key === step);
  const changed: [string, RawJson] = [step, withValue(old?.[1], rest, value)];
  return {
    kind: 'bag',
    members: old ? members.map((member) => (member === old ? changed : member)) : [...members, changed],
  };
}

function compileTreePath([value]: Expr[], call: CallSite): Expr {
  if (!value) return call.fail('type', 'treepath needs a dynamic value');
  return { sql: `kql_treepath((${toJson(value)})::VARCHAR)::JSON`, type: 'dynamic' };
}

function treePath(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const paths = new Set<string>();
  function visit(value: RawJson, path: string): void {
    if (value.kind === 'bag') {
      for (const [key, member] of value.members) {
        const inner = `${path}['${key}']`;
        paths.add(inner);
        visit(member, inner);
      }
    }
    if (value.kind === 'array') {
      if (value.items.length > 0) paths.add(`${path}[0]`);
      for (const item of value.items) visit(item, `${path}[0]`);
    }
  }
  visit(parseRawJson(text), '');
  return JSON.stringify([...paths]);
}

export const bagEditFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'bag_remove_keys',
    arity: [2, 2],
    compile: compileRemoveKeys,
    scripts: [{ name: 'kql_bag_remove_keys', parameters: ['VARCHAR', 'VARCHAR'], returns: 'VARCHAR', run: removeKeys }],
  }),
  defineScalar({
    name: 'bag_set_key',
    arity: [3, 3],
    compile: compileSetKey,
    scripts: [
      { name: 'kql_bag_set_key', parameters: ['VARCHAR', 'VARCHAR', 'VARCHAR'], returns: 'VARCHAR', run: setKey },
    ],
  }),
  defineScalar({
    name: 'treepath',
    arity: [1, 1],
    compile: compileTreePath,
    scripts: [{ name: 'kql_treepath', parameters: ['VARCHAR'], returns: 'VARCHAR', run: treePath }],
  }),
];
