// The one governed door: what models cost, who may call them, what was called. Amounts are integer nano-USD.
// Each section is a file of its own; this is their one entry.
export * from './contract/audit.ts';
export * from './contract/budgets.ts';
export * from './contract/gateway.ts';
export * from './contract/keys.ts';
export * from './contract/models.ts';
export * from './contract/routing.ts';
export * from './contract/tools.ts';
export * from './contract/trace.ts';
export * from './contract/workflows.ts';
