export interface DatabaseSettings {
  /** As DuckDB writes sizes: `2GB`. A query that needs more spills to disk, and ends with code `limit` where it cannot. */
  memoryLimit: string;
  threads: number;
  /** Where a query spills to. */
  temporaryFolder: string;
}

/** Nothing is ever fetched by the engine itself: extensions come with the package or not at all. */
export function databaseOptions({ memoryLimit, threads, temporaryFolder }: DatabaseSettings): Record<string, string> {
  return {
    memory_limit: memoryLimit,
    threads: String(threads),
    temp_directory: temporaryFolder,
    max_temp_directory_size: '20GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
  };
}
