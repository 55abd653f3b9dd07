// Whose model Bedrock is asked for; each family has its own words beside Converse's.
import { traitsOf } from '../anthropic-messages/model-traits.ts';
import type { ModelTraits } from '../anthropic-messages/model-traits.ts';

export interface HostedModel {
  readonly family: 'claude' | 'nova-2' | 'gpt-oss' | 'openai' | 'other';
  /** Of Claude models. */
  readonly traits: ModelTraits;
  /** `outputConfig.textFormat`; without it a forced tool carries the answer's form. */
  readonly structuredOutput: boolean;
}

const WITHOUT_FORMS = /nova|titan|llama|command|jamba/;

export function hostedModel(model: string): HostedModel {
  const family = familyOf(model);
  const traits = traitsOf(model);
  return { family, traits, structuredOutput: family === 'claude' ? traits.structuredOutput : !WITHOUT_FORMS.test(model) };
}

function familyOf(model: string): HostedModel['family'] {
  if (model.includes('claude')) return 'claude';
  if (model.includes('nova-2')) return 'nova-2';
  if (model.includes('gpt-oss')) return 'gpt-oss';
  return model.includes('openai.') ? 'openai' : 'other';
}
