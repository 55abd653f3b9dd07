// docs/configuration.md is written from the schemas, so that it cannot say anything else.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigSchema } from '../../app/config.ts';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

const NAME = '`<name>`';

function* rows(path: string, schema: Schema): Generator<string> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined && choices.some((choice) => choice.properties !== undefined)) {
    for (const choice of choices) {
      const kind = choice.properties?.['kind']?.const;
      yield* rows(kind === undefined ? path : `${path} (${word(kind)})`, choice);
    }
    return;
  }
  if (schema.properties !== undefined) {
    for (const [key, inner] of Object.entries(schema.properties)) yield* rows(path === '' ? key : `${path}.${key}`, inner);
    return;
  }
  const { additionalProperties, items } = schema;
  if (typeof additionalProperties === 'object') yield* rows(`${path}.<name>`, additionalProperties);
  else if (items !== undefined && (items.properties ?? items.anyOf ?? items.oneOf) !== undefined) yield* rows(`${path}[]`, items);
  else yield `| \`${path.replace(/ \((.*?)\)/, '` ($1) `')}\` | ${kindOf(schema)} | ${defaultOf(schema)} |`.replace(' ``', '');
}

const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${word(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${word(value)}\``).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(kindOf))].join(' or ');
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`;
  const { maximum } = schema;
  const least = schema.minimum ?? schema.exclusiveMinimum;
  const minimum = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const range = [minimum === undefined ? '' : `from ${minimum}`, most === undefined ? '' : `to ${most}`]
    .filter(Boolean)
    .join(' ');
  return [schema.type ?? 'any', range].filter(Boolean).join(' ');
}

const defaultOf = (schema: Schema): string => (schema.default === undefined ? '–' : `\`${JSON.stringify(schema.default)}\``);

function renderPage(): string {
  const schema = z.toJSONSchema(ConfigSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;
  return `# Configuration

Everything that \`config.yaml\` in SHOAL_HOME may hold; ${NAME} stands for a name of yours. A key that is not here is
refused with its line. A changed file is shown as a diff and comes into force when it is confirmed
([who may do that](ACCESS.md)). Secrets never stand in it: it names the environment variables that hold them.

What the keys are for: [the gateway](gateway.md), [guardrails](guardrails.md), [access](ACCESS.md), [documents](documents.md).
This page is written from the schemas by \`npx vitest run test/gateway/configuration-page.test.ts --update\`.

| key | value | default |
| --- | ----- | ------- |
${[...rows('', schema)].join('\n')}
`;
}

it('docs/configuration.md says what the schemas say', async () => {
  await expect(renderPage()).toMatchFileSnapshot('../../docs/configuration.md');
});
