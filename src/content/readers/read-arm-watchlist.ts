import { z } from 'zod';
import { readWatchlist, type WatchlistContent } from './read-watchlist';
import { fileFault } from './sentinel-yaml';

const Properties = z.object({
  watchlistAlias: z.string().nullish(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  itemsSearchKey: z.string().nullish(),
  rawContent: z.string().nullish(),
  numberOfLinesToSkip: z.coerce.number().int().min(0).max(1000).nullish(),
});
const Resource = z.object({ type: z.string(), name: z.string().nullish(), properties: Properties.nullish() });
const Template = z.object({ resources: z.array(z.unknown()).max(1000) });

/** The watchlists of an ARM template, whose `rawContent` is the CSV text; empty where it declares none. */
export function readArmWatchlists(json: unknown, source: string): WatchlistContent[] {
  const template = Template.safeParse(json);
  if (!template.success) return [];
  return template.data.resources.flatMap((one) => {
    const resource = Resource.safeParse(one);
    if (!resource.success || !/watchlists$/i.test(resource.data.type)) return [];
    const properties = resource.data.properties ?? {};
    const alias = literal(properties.watchlistAlias) ?? aliasInName(resource.data.name ?? '');
    if (alias === undefined) throw fileFault(source, 'declares a watchlist without an alias');
    if (!properties.rawContent) throw fileFault(source, `declares the watchlist ${alias} without its rows`);
    const skipped = properties.rawContent.split(/\r?\n/).slice(properties.numberOfLinesToSkip ?? 0);
    return readWatchlist(
      skipped.join('\n'),
      {
        alias,
        name: literal(properties.displayName),
        description: literal(properties.description),
        searchKey: literal(properties.itemsSearchKey),
      },
      source,
    );
  });
}

/** Undefined for an expression of the template, such as `[parameters('x')]`. */
function literal(text: string | null | undefined): string | undefined {
  return text && !/^\[[\s\S]*\]$/.test(text.trim()) ? text : undefined;
}

/** `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/VIPUsers')]` names VIPUsers. */
function aliasInName(name: string): string | undefined {
  return /\/([\w-]{1,100})'?\s*\)?\]?$/.exec(name)?.[1];
}
