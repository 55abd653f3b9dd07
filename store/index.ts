// The little that everyone shares about SQLite.
export { openDatabase } from './database.ts';
export type { Database, Migration } from './database.ts';
