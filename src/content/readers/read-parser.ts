import { z } from 'zod';
import { description, fileFault, listOf, readYaml, version } from './sentinel-yaml';

/** A stored function as its author's file has it. */
export interface ParserContent {
  id: string;
  name: string;
  description: string;
  /** The name that KQL calls. */
  functionName: string;
  /** Text between the parentheses of a declaration; empty where the function takes nothing. */
  parameters: string;
  body: string;
  version: string;
  source: string;
}

const Parameter = z.object({
  Name: z.string().trim().min(1),
  Type: z.string().trim().min(1),
  Default: z.union([z.string(), z.number(), z.boolean()]).nullish(),
});
const Parameters = z.union([z.string(), listOf(Parameter)]).nullish();

const ParserFile = z.object({
  id: z.string().nullish(),
  Id: z.string().nullish(),
  Function: z.object({ Title: z.string().nullish(), Version: version }).nullish(),
  Parser: z.object({ Title: z.string().nullish(), Version: version }).nullish(),
  Description: description,
  FunctionName: z.string().nullish(),
  FunctionAlias: z.string().nullish(),
  FunctionQuery: z.string().nullish(),
  FunctionParams: Parameters,
  ParserName: z.string().nullish(),
  ParserQuery: z.string().nullish(),
  ParserParams: Parameters,
});

/** Reads a parser in Sentinel's YAML, also of the kind with `ParserName`. Throws UserError `bad-input`, naming `source` and every fault. */
export function readParser(yamlText: string, source: string): ParserContent {
  const file = readYaml(yamlText, source, 'parser', ParserFile);
  const functionName = (file.FunctionAlias ?? file.FunctionName ?? file.ParserName ?? '').trim();
  const body = (file.FunctionQuery ?? file.ParserQuery ?? '').trim();
  if (!/^[A-Za-z_]\w{0,199}$/.test(functionName))
    throw fileFault(source, `is no parser: FunctionName: ${functionName ? 'is no name in KQL' : 'is missing'}`);
  if (body === '') throw fileFault(source, 'is no parser: FunctionQuery: is missing');
  const about = file.Function ?? file.Parser;
  return {
    id: (file.id ?? file.Id ?? functionName).trim().toLowerCase(),
    name: about?.Title?.trim() || functionName,
    description: file.Description,
    functionName,
    parameters: parametersText(file.FunctionParams ?? file.ParserParams),
    body,
    version: about?.Version ?? '1.0.0',
    source,
  };
}

function parametersText(given: z.infer<typeof Parameters>): string {
  if (!given) return '';
  if (typeof given === 'string') return given.trim();
  return given
    .map(({ Name, Type, Default }) => {
      if (Default === undefined || Default === null) return `${Name}:${Type}`;
      const bare = Type.toLowerCase() === 'string' && !/^\s*(["'@]|dynamic\()/.test(String(Default));
      return `${Name}:${Type}=${bare ? JSON.stringify(String(Default)) : String(Default)}`;
    })
    .join(', ');
}
