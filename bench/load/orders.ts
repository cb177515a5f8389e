/** What a child process was asked to do, and what it tells its parent in the end. */
export function orders<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

export function answer(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
