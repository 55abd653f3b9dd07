// The one governed door to models and tools.
export { GatewayConfigSchema } from './config.ts';
export type { GatewayConfig, GatewaySettings } from './config.ts';
export { formatWindow, parseWindow } from './policy/budgets/window.ts';
export { createGateway } from './create-gateway.ts';
export type { Doors } from './doors/index.ts';
export type { GatewayOptions, OpenedGateway } from './create-gateway.ts';
export type { ModelRow } from './models/model-table.ts';
export { holdsScope, LOCAL_PRINCIPAL } from './policy/principal.ts';
export { digestOf, TOKEN_PREFIX } from './policy/keys/token.ts';
