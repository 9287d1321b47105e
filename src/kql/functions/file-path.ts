import { toText } from './convert';
import { defineScalar, type ScalarFunction } from './define-function';

/** The parts of a path of Windows, a UNC share, Unix or a file URL. */
function parsePath(text: string): Record<string, string> {
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]+):\/\//.exec(text)?.[1] ?? '';
  let rest = scheme === '' ? text : text.slice(scheme.length + 3);
  const slash = Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\'));
  const stream = rest.indexOf(':', slash + 1);
  const hasStream = stream >= 0 && !/^[a-zA-Z]:$/.test(rest.slice(0, stream + 1));
  const alternate = hasStream ? rest.slice(stream + 1) : '';
  if (hasStream) rest = rest.slice(0, stream);
  const directory = slash < 0 ? '' : rest.slice(0, slash);
  const file = rest.slice(slash + 1);
  const dot = file.lastIndexOf('.');
  return {
    Scheme: scheme,
    RootPath: /^[a-zA-Z]:/.exec(rest)?.[0] ?? '',
    DirectoryPath: directory,
    DirectoryName: directory.slice(Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\')) + 1),
    Filename: file,
    Extension: dot < 0 ? '' : file.slice(dot + 1),
    AlternateDataStreamName: alternate,
  };
}

export const pathFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'parse_path',
    arity: [1, 1],
    scripts: [
      {
        name: 'kql_parse_path',
        parameters: ['VARCHAR'],
        returns: 'VARCHAR',
        run: (text) => (typeof text === 'string' ? JSON.stringify(parsePath(text)) : null),
      },
    ],
    compile: ([path], call) =>
      path
        ? { sql: `kql_parse_path(${toText(path)})::JSON`, type: 'dynamic' }
        : call.fail('type', 'parse_path needs a text'),
  }),
];
