// What a key must be allowed for each route. Reading needs `read`, changing needs `operate`; keys, budgets,
// configuration and audit are changed by `admin` only; models are called with `invoke`. A route that this table does
// not name cannot be added: better no server than an open door.
import type { Scope } from '#gateway/contract';

/** `public`: for everyone who can reach the server. */
export type Needed = Scope | 'public';

type Row = readonly [path: string, toRead: Needed, toChange: Needed];

/** A path stands for itself and everything below it. */
const TABLE: readonly Row[] = [
  ['/healthz', 'public', 'public'],
  ['/readyz', 'public', 'public'],
  ['/sign-in', 'public', 'public'],
  ['/api/v1/session', 'public', 'public'],
  ['/openapi.json', 'read', 'read'],
  ['/docs', 'read', 'read'],
  ['/metrics', 'read', 'admin'],
  ['/v1', 'invoke', 'invoke'],
  ['/api/v1/keys', 'read', 'admin'],
  ['/api/v1/teams', 'read', 'admin'],
  ['/api/v1/users', 'read', 'admin'],
  ['/api/v1/budgets', 'read', 'admin'],
  ['/api/v1/budget-alerts', 'read', 'admin'],
  ['/api/v1/config', 'read', 'admin'],
  ['/api/v1/audit', 'read', 'admin'],
  ['/api/v1/audit.export', 'read', 'admin'],
  ['/api/v1/requests', 'read', 'admin'],
  ['/api/v1/requests.export', 'read', 'admin'],
  ['/api/v1/usage', 'read', 'admin'],
  ['/api/v1/usage.csv', 'read', 'admin'],
  ['/api/v1/models', 'read', 'admin'],
  ['/api/v1/gateway', 'read', 'admin'],
  ['/api/v1/tools/call', 'invoke', 'invoke'],
  ['/api/v1/tools', 'read', 'admin'],
  ['/api/v1/status', 'read', 'admin'],
  ['/api/v1/scenarios', 'read', 'operate'],
  ['/api/v1/uploads', 'read', 'operate'],
  ['/api/v1/estimate', 'read', 'operate'],
  ['/api/v1/runs', 'read', 'operate'],
  ['/api/v1/graphs', 'read', 'operate'],
  ['/api/v1/graph-builds', 'read', 'operate'],
  ['/api/v1/forecasts', 'read', 'operate'],
  ['/api/v1/forecast-score', 'read', 'operate'],
  ['/api/v1/forecast-chain', 'read', 'operate'],
  ['/api/v1/forecast-export', 'read', 'operate'],
];
/** The page's own files; nothing can be changed there. */
const PAGE = new Set(['/', '/*']);
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Undefined where the table says nothing. */
export function scopeOf(method: string, url: string): Needed | undefined {
  const reads = READS.has(method);
  if (PAGE.has(url)) return reads ? 'read' : undefined;
  const row = TABLE.find(([path]) => url === path || url.startsWith(`${path}/`));
  return row?.[reads ? 1 : 2];
}

/** What all methods of one route need; throws for a route that has no scope. */
export function routeScope(methods: readonly string[], url: string): Needed {
  const scopes = new Set(methods.map((method) => scopeOf(method, url)));
  const [scope] = scopes;
  if (scope === undefined || scopes.size > 1) {
    throw new Error(`${methods.join(', ')} ${url} has no scope: name it in app/http/scopes.ts.`);
  }
  return scope;
}
