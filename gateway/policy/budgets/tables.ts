// The budgets' tables. All times are ms since 1970, all money nano-USD. For every hard limit, whenever a lease is
// granted: spending in the buckets that count + the leases of the present period ≤ limit + extensions not yet over.

/** From the first form (no windows, no tokens): what was spent stays spent, what was leased stays leased. */
export const BUDGET_TABLES = `
  CREATE TABLE budgets (
    id TEXT PRIMARY KEY, parent TEXT REFERENCES budgets (id), limit_nano INTEGER, limit_tokens INTEGER,
    window TEXT NOT NULL, window_since INTEGER NOT NULL, edge TEXT NOT NULL, alert_percents TEXT NOT NULL,
    closed INTEGER NOT NULL, changed INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX budgets_by_change ON budgets (changed);
  CREATE TABLE budget_changes (last INTEGER NOT NULL) STRICT;
  INSERT INTO budget_changes VALUES (1);
  CREATE TABLE budget_spending (
    node TEXT NOT NULL REFERENCES budgets (id), bucket INTEGER NOT NULL, nano INTEGER NOT NULL, tokens INTEGER NOT NULL,
    PRIMARY KEY (node, bucket)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE budget_extensions (
    sequence INTEGER PRIMARY KEY, node TEXT NOT NULL REFERENCES budgets (id), nano INTEGER NOT NULL,
    tokens INTEGER NOT NULL, from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX budget_extensions_by_node ON budget_extensions (node, until_ms);
  CREATE TABLE budget_alerts (
    sequence INTEGER PRIMARY KEY, node TEXT NOT NULL REFERENCES budgets (id), window_since INTEGER NOT NULL,
    period INTEGER NOT NULL, measure TEXT NOT NULL, percent INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    spent INTEGER NOT NULL, budget INTEGER NOT NULL,
    UNIQUE (node, window_since, period, measure, percent)
  ) STRICT;
  CREATE TABLE budget_wants (node TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (node, owner)) STRICT, WITHOUT ROWID;
  CREATE TABLE budget_shares (
    owner TEXT NOT NULL, node TEXT NOT NULL REFERENCES budgets (id), window_since INTEGER NOT NULL,
    period INTEGER NOT NULL, nano INTEGER NOT NULL, tokens INTEGER NOT NULL,
    PRIMARY KEY (owner, node, window_since, period)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX budget_shares_by_node ON budget_shares (node);
  INSERT INTO budgets SELECT id, parent, limit_nano, NULL, 'none', 0, 'hard', '[50,80,100]', 0, 1 FROM budget_nodes;
  INSERT INTO budget_spending SELECT id, 0, spent_nano, 0 FROM budget_nodes WHERE spent_nano > 0;
  INSERT INTO budget_shares SELECT owner, node, 0, 0, amount_nano, 0 FROM budget_leases;
  DROP TABLE budget_leases;
  DROP TABLE budget_nodes;
  ALTER TABLE gateway_owners ADD COLUMN booked INTEGER NOT NULL DEFAULT 0`;

/** When a budget was closed; those that are closed already, as of now. */
export const BUDGET_ENDS = `
  ALTER TABLE budgets ADD COLUMN closed_ms INTEGER;
  UPDATE budgets SET closed_ms = unixepoch() * 1000 WHERE closed <> 0;
  ALTER TABLE budgets DROP COLUMN closed`;
