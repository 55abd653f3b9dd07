// GET /v1/models: what a key may call, in OpenAI's form or, for clients that say an Anthropic version, in theirs.
import type { ModelInfo } from '../contract.ts';
import type { Dialect } from '../models/dialects/dialect.ts';
import type { Principal } from '../policy/principal.ts';
import type { Door } from './doors.ts';
import { sendJson } from './wire-call.ts';

export interface ListedModel {
  readonly id: string;
  readonly ownedBy: string;
  /** Of one model, where they are known; a group has several. */
  readonly limits?: Pick<ModelInfo, 'contextTokens' | 'maxOutputTokens'>;
}

export interface ModelsDoorOptions {
  readonly dialect: Dialect;
  /** Models and groups that this principal may call now. */
  readonly list: (principal: Principal) => readonly ListedModel[];
  /** Seconds since 1970; a gateway knows when it started, not when a model was made. */
  readonly since: number;
}

export function modelsDoor({ dialect, list, since }: ModelsDoorOptions): Door {
  return {
    method: 'GET',
    dialect,
    serve: async ({ principal, headers, response }) => {
      const models = list(principal);
      const body = headers['anthropic-version'] === undefined ? openAiList(models, since) : anthropicList(models, since);
      sendJson(response, 200, Buffer.from(JSON.stringify(body)), {});
    },
  };
}

function openAiList(models: readonly ListedModel[], since: number): object {
  return {
    object: 'list',
    data: models.map(({ id, ownedBy }) => ({ id, object: 'model', created: since, owned_by: ownedBy })),
  };
}

function anthropicList(models: readonly ListedModel[], since: number): object {
  return {
    data: models.map(({ id }) => ({
      type: 'model',
      id,
      display_name: id,
      created_at: new Date(since * 1000).toISOString(),
    })),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  };
}

export function listedOf(models: readonly ModelInfo[]): readonly ListedModel[] {
  return models
    .filter((model) => model.available)
    .map(({ id, contextTokens, maxOutputTokens, undescribed }) => ({
      id,
      ownedBy: id.slice(0, id.indexOf('/')),
      ...(undescribed === true ? {} : { limits: { contextTokens, maxOutputTokens } }),
    }));
}
