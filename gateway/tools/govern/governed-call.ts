// A call of a tool, prompt or resource on its way down the chain.
import type { Call, Step } from '../../chain.ts';
import type { Json } from '../../models/exchange.ts';
import type { SchemaCheck } from '../catalogue/schema-check.ts';
import type { Caller } from '../upstream/caller.ts';
import type { MirroredParameter } from '../wire/mirrored-headers.ts';

export type GovernedMethod = 'tools/call' | 'prompts/get' | 'resources/read';

export interface GovernedCall extends Call {
  /** As its caller named it. */
  readonly asked: string;
  readonly server: string;
  readonly method: GovernedMethod;
  /** As the server gets them. */
  readonly params: Json;
  readonly caller: Caller;
  readonly mirrored: readonly MirroredParameter[];
  readonly checkArguments: SchemaCheck | undefined;
  readonly checkResult: SchemaCheck | undefined;
}

export type GovernedStep = Step<GovernedCall, Json>;
