import pg from 'pg';

/** Does the work while a transaction from outside holds what this statement locks. */
export async function holding<T>(
  databaseUrl: string,
  statement: string,
  params: unknown[],
  work: () => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(statement, params);
    return await work();
  } finally {
    await client.end();
  }
}
