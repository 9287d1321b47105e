/** A file that an import came upon: `refused` is why it is not looked into, and completes “the file …”. */
export type FoundFile = { path: string; bytes: Uint8Array } | { path: string; refused: string };

/** Far above what content needs, far below what fills memory. Bytes, and files. */
export const importLimits = {
  file: 4_000_000,
  /** STIX bundles and watchlists are the large ones. */
  largeFile: 20_000_000,
  archive: 100_000_000,
  /** Of all that is read in one import. */
  all: 400_000_000,
  files: 60_000,
} as const;

/** Whether a file of this name can hold content at all: what cannot is not read. */
export function mayHoldContent(path: string): boolean {
  return /\.(?:ya?ml|json|csv|kql|csl|kusto|txt|md|markdown)$/i.test(path);
}

export function mostBytesOf(path: string): number {
  return /\.(?:json|csv)$/i.test(path) ? importLimits.largeFile : importLimits.file;
}

export function tooLarge(bytes: number, most: number): string {
  return `has ${megabytes(bytes)} MB; at most ${megabytes(most)} MB are read`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString('en-US', { maximumFractionDigits: 1 });
}
