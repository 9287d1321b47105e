import { toText } from './convert';
import { defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';

/** Each byte but letters, digits and -_.!*() as %xx in lower case. */
function encodeComponent(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
    .replace(/['~]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
}

/** Escapes that are not valid stay as they are; `+` is a space. */
function decode(text: string): string {
  const bytes = text.replaceAll('+', ' ').split(/((?:%[0-9a-fA-F]{2})+)/);
  return bytes
    .map((part) =>
      /^(?:%[0-9a-fA-F]{2})+$/.test(part) ? Buffer.from(part.replaceAll('%', ''), 'hex').toString() : part,
    )
    .join('');
}

function queryParameters(query: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of query.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const key = at < 0 ? pair : pair.slice(0, at);
    Object.defineProperty(found, key, { value: at < 0 ? '' : pair.slice(at + 1), enumerable: true });
  }
  return found;
}

const urlForm =
  /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

function parseUrl(text: string): string {
  const [, scheme = '', user = '', host = '', port = '', path = '', query = '', fragment = ''] =
    urlForm.exec(text) ?? [];
  const colon = user.indexOf(':');
  return JSON.stringify({
    Scheme: scheme,
    Host: host,
    Port: port,
    Path: path,
    Username: colon < 0 ? user : user.slice(0, colon),
    Password: colon < 0 ? '' : user.slice(colon + 1),
    'Query Parameters': queryParameters(query),
    Fragment: fragment,
  });
}

function script(name: string, run: (text: string) => string): ScriptFunction {
  return {
    name,
    parameters: ['VARCHAR'],
    returns: 'VARCHAR',
    run: (text) => (typeof text === 'string' ? run(text) : null),
  };
}

function onText(name: string, type: 'string' | 'dynamic', declared: ScriptFunction): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    scripts: [declared],
    compile([text], call) {
      if (!text) return call.fail('type', `${name} needs a text`);
      const sql = `${declared.name}(${toText(text)})`;
      return { sql: type === 'dynamic' ? `${sql}::JSON` : sql, type };
    },
  });
}

const parseScript = script('kql_parse_url', parseUrl);
const queryScript = script('kql_parse_urlquery', (text) =>
  JSON.stringify({ 'Query Parameters': queryParameters(text) }),
);

export const urlFunctions: ScalarFunction[] = [
  onText(
    'url_encode',
    'string',
    script('kql_url_encode', (text) => encodeComponent(text).replaceAll('%20', '+')),
  ),
  onText('url_encode_component', 'string', script('kql_url_encode_component', encodeComponent)),
  onText('url_decode', 'string', script('kql_url_decode', decode)),
  onText('parse_url', 'dynamic', parseScript),
  onText('parseurl', 'dynamic', parseScript),
  onText('parse_urlquery', 'dynamic', queryScript),
  onText('parseurlquery', 'dynamic', queryScript),
];
