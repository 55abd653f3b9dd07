// Tools as their owners register them.
import type { ToolResult, ToolSpec } from '#foundation';

/** A tool as its owner registers it. */
export interface ToolDefinition extends ToolSpec {
  /** `read` may be repeated and cached; `write` may not. */
  readonly effect: 'read' | 'write';
  run(args: unknown, signal: AbortSignal): Promise<ToolResult>;
}
