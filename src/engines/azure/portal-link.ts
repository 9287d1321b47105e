import { gzipSync } from 'node:zlib';
import type { TimeRange } from '../../domain/time-range';

/** Browsers and chats cut longer addresses; then there is no link. */
const longest = 2900;

function packed(text: string): string {
  return encodeURIComponent(gzipSync(Buffer.from(text, 'utf8')).toString('base64'));
}

/**
 * The Azure portal with a query and its range in the workspace of this resource id; undefined where the address would be too long. The form
 * is that of the portal's own “copy link to query” as public code has it; it was not tried on a portal.
 */
export function logAnalyticsLink(resourceId: string, text: string, range: TimeRange | undefined): string | undefined {
  const scope = encodeURIComponent(JSON.stringify({ resources: [{ resourceId }] }));
  const span = range
    ? `/timespanInIsoFormat/${encodeURIComponent(`${range.from.toISOString()}/${range.to.toISOString()}`)}`
    : '';
  const link = `https://portal.azure.com/#blade/Microsoft_OperationsManagementSuite_Workspace/AnalyticsBlade/initiator/AnalyticsShareLinkToQuery/isQueryEditorVisible/true/scope/${scope}/query/${packed(text)}/isQueryBase64Compressed/true${span}`;
  return link.length <= longest ? link : undefined;
}

/** Data Explorer's web page with a query, as Microsoft documents its deep links; a range stands in the query itself or nowhere. */
export function dataExplorerLink(cluster: string, database: string, text: string): string | undefined {
  const { host } = new URL(cluster);
  const link = `https://dataexplorer.azure.com/clusters/${host}/databases/${encodeURIComponent(database)}?query=${packed(text)}`;
  return link.length <= longest ? link : undefined;
}
