// Who hears of which change: a server's lists concern the endpoints that show it, a resource those who asked for it.
import type { Json } from '../../models/exchange.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Endpoint } from '../catalogue/endpoint.ts';

export interface ChangeFilter {
  readonly tools: boolean;
  readonly prompts: boolean;
  readonly resources: boolean;
}

const LIST_CHANGED = {
  tools: 'notifications/tools/list_changed',
  prompts: 'notifications/prompts/list_changed',
  resources: 'notifications/resources/list_changed',
} as const;

/** Calls back with each list of this endpoint that changed; returns how to stop that. */
export function onListChanged(
  catalogue: Catalogue,
  { servers }: Endpoint,
  filter: ChangeFilter,
  tell: (method: string, params: Json) => void,
): () => void {
  return catalogue.onChange(({ server, change }) => {
    if (change.kind !== 'resource' && filter[change.kind] && servers.includes(server)) tell(LIST_CHANGED[change.kind], {});
  });
}

/** Calls back when this resource changes; undefined = the endpoint has no such resource. */
export function onResourceUpdated(
  catalogue: Catalogue,
  endpoint: Endpoint,
  uri: string,
  tell: (method: string, params: Json) => void,
): (() => void) | undefined {
  const server = endpoint.present().serverOf(uri);
  if (server === undefined) return undefined;
  const unsubscribe = catalogue.subscribe(server, uri);
  const stop = catalogue.onChange(({ server: from, change }) => {
    if (from === server && change.kind === 'resource' && change.uri === uri) tell('notifications/resources/updated', { uri });
  });
  return () => {
    stop();
    unsubscribe();
  };
}
