// The little that everyone shares about SQLite.
export { addTables, openDatabase } from './database.ts';
export type { Database, Migration } from './database.ts';
