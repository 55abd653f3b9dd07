// The HTTP API of the app as data: one zod schema per body, shared by the server (validates, documents) and the
// page (types). Server-sent events carry `RunEvent`s with increasing ids, so a reader resumes by Last-Event-ID.
// Each section is a file of its own; this is their one entry.
export * from './contract/agents.ts';
export * from './contract/audit.ts';
export * from './contract/budgets.ts';
export * from './contract/forks.ts';
export * from './contract/forecasts.ts';
export * from './contract/graph.ts';
export * from './contract/keys.ts';
export * from './contract/models.ts';
export * from './contract/problem.ts';
export * from './contract/report.ts';
export * from './contract/requests.ts';
export * from './contract/runs.ts';
export * from './contract/status.ts';
export * from './contract/tools.ts';
export * from './contract/world.ts';
