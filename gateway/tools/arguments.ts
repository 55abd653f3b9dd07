// Tool arguments against the tool's JSON Schema. A schema that cannot be read is the tool owner's fault and is said
// when the tool is registered, not when an agent first calls it.
import { z } from 'zod';
import { ShoalError } from '#foundation';
import type { ToolDefinition } from '../contract.ts';

export type ArgumentCheck = (args: unknown) => readonly string[];

/** Problems with the arguments, each with its path; none = valid. */
export function argumentCheck(tool: ToolDefinition): ArgumentCheck {
  const schema = schemaOf(tool);
  return (args) => {
    const result = schema.safeParse(args);
    if (result.success) return [];
    return result.error.issues.slice(0, 8).map((issue) => `${issue.path.join('.') || '(arguments)'}: ${issue.message}`);
  };
}

function schemaOf(tool: ToolDefinition): z.ZodType {
  try {
    return z.fromJSONSchema(tool.parameters);
  } catch (error) {
    throw new ShoalError('invalid_config', `The parameters of tool ${tool.name} are not a JSON Schema that can be checked.`, {
      cause: error,
    });
  }
}
