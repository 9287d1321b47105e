import type { DuckDBConnection } from '@duckdb/node-api';

const locked = {
  enable_external_access: 'false',
  lock_configuration: 'true',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
} as const;

/**
 * Shuts the database off from files, network, other databases and settings, for good, and reads every setting back.
 * Throws where one did not take: a database that is open to the outside serves no query.
 */
export async function lockDown(connection: DuckDBConnection): Promise<void> {
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  const names = Object.keys(locked).map((name) => `'${name}'`);
  const answer = await connection.runAndReadAll(
    `SELECT name, value FROM duckdb_settings() WHERE name IN (${names.join(', ')})`,
  );
  const values = new Map(answer.getRowsJS().map(([name, value]) => [String(name), String(value)]));
  for (const [name, wanted] of Object.entries(locked)) {
    if (values.get(name) !== wanted)
      throw new Error(`The database could not be locked: ${name} is ${values.get(name)}, not ${wanted}`);
  }
}
