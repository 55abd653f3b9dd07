// The one governed door to models and tools.
export { GatewayConfigSchema } from './config.ts';
export type { GatewayConfig } from './config.ts';
export { createGateway } from './create-gateway.ts';
export type { GatewayOptions } from './create-gateway.ts';
