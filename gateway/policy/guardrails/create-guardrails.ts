// The configured list made ready: patterns compiled, scopes turned into predicates. Nothing is left to do per call but
// to ask.
import type { ModelCall } from '../../models/model-call.ts';
import { bannedTopicsCheck } from './banned-topics.ts';
import type { Embed } from './banned-topics.ts';
import type { Check, Role } from './check.ts';
import { jsonSchemaCheck } from './json-schema.ts';
import { lengthCheck } from './length.ts';
import { anyOf } from './pattern.ts';
import { piiCheck } from './pii/index.ts';
import { promptInjectionCheck } from './prompt-injection/index.ts';
import { regexCheck } from './regex.ts';
import { secretsCheck } from './secrets/index.ts';
import type { GuardrailSettings } from './settings.ts';
import { webhookCheck } from './webhook.ts';

export interface Guardrail {
  readonly name: string;
  readonly mode: 'observe' | 'redact' | 'block';
  readonly input: boolean;
  readonly output: boolean;
  readonly restore: boolean;
  readonly check: Check;
  /** Whose texts are looked at on the way out; absent = everyone's. */
  readonly roles: ReadonlySet<Role> | undefined;
  /** In scope, and drawn. */
  applies(call: GuardedCall): boolean;
}

/** What guardrails know of a call: of a model, or of a tool. */
export type GuardedCall = Pick<ModelCall, 'id' | 'asked' | 'principal' | 'tally' | 'signal'>;

export interface GuardrailServices {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** For topics with examples; without it only their words count. */
  readonly embed?: Embed;
}

/** Throws `invalid_config` for a pattern or schema that cannot be used. */
export function createGuardrails(settings: readonly GuardrailSettings[], services: GuardrailServices): readonly Guardrail[] {
  return settings.map((setting) => ({
    name: setting.name,
    mode: setting.mode,
    input: setting.where !== 'output',
    output: setting.where !== 'input',
    restore: 'restore' in setting && setting.restore,
    check: checkOf(setting, services),
    roles: setting.kind === 'prompt-injection' ? new Set(setting.roles) : undefined,
    applies: applies(setting),
  }));
}

function checkOf(setting: GuardrailSettings, { environment, now, embed }: GuardrailServices): Check {
  if (setting.kind === 'pii') return piiCheck(setting);
  if (setting.kind === 'secrets') return secretsCheck(setting);
  if (setting.kind === 'prompt-injection') return promptInjectionCheck(setting);
  if (setting.kind === 'regex') return regexCheck(setting);
  if (setting.kind === 'json-schema') return jsonSchemaCheck(setting);
  if (setting.kind === 'banned-topics') return bannedTopicsCheck(setting, embed);
  if (setting.kind === 'length') return lengthCheck(setting);
  const { name, secretEnv } = setting;
  return webhookCheck(name, setting, secretEnv === undefined ? undefined : environment[secretEnv], now);
}

function applies({ name, sample, seed, scope }: GuardrailSettings): Guardrail['applies'] {
  const models = anyOf(scope.models);
  const teams = anyOf(scope.teams);
  const keys = anyOf(scope.keys);
  const draw = sample >= 1 ? undefined : `${seed}\0${name}\0`;
  return ({ id, asked, principal }) =>
    (models === undefined || models(asked)) &&
    (teams === undefined || (principal.team !== undefined && teams(principal.team))) &&
    (keys === undefined || (principal.keyId !== undefined && keys(principal.keyId)) || keys(principal.name)) &&
    (draw === undefined || shareOf(draw + id) < sample);
}

/** A number from 0 up to 1 that depends on the text alone (FNV-1a with a final mix). */
export function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
}
