// Shares that processes have of limits. `used_…`: about as much of it was used when its process last said so, and counts if
// that dies. `until_ms`: of a process that has gone; what it let in counts until then.
export const LIMIT_TABLES = `
  CREATE TABLE limit_shares (
    name TEXT NOT NULL, owner TEXT NOT NULL, requests INTEGER NOT NULL, tokens INTEGER NOT NULL, places INTEGER NOT NULL,
    used_requests INTEGER NOT NULL, used_tokens INTEGER NOT NULL, wants INTEGER NOT NULL, until_ms INTEGER,
    PRIMARY KEY (name, owner)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX limit_shares_wanted ON limit_shares (name) WHERE wants = 1;
  CREATE INDEX limit_shares_by_owner ON limit_shares (owner)`;
