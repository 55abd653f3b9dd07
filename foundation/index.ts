// What every room stands on: errors, identities, random numbers, and the ports to models and tools.
// Knows no other room.
export { canonicalJson, hashOf, sha256 } from './canonical.ts';
export { ERROR_TABLE, ShoalError } from './errors.ts';
export { toShoalError } from './to-shoal-error.ts';
export type { ErrorCode, ExitCode } from './errors.ts';
export { STAGES } from './language-model.ts';
export type {
  Cassette,
  CassetteEntry,
  EmbeddedSkill,
  EmbeddedSkills,
  EmbedResult,
  GenerateRequest,
  GenerateResult,
  LanguageModel,
  Message,
  Stage,
  StreamPart,
  TokenUsage,
  ToolBox,
  ToolCall,
  ToolResult,
  ToolSpec,
} from './language-model.ts';
export { portableExp, portableLog, portableLogistic } from './portable-math.ts';
export type { Progress, ReportProgress } from './progress.ts';
export { randomKey, randomStream, threefry2x32, uniform } from './random.ts';
export type { RandomKey, RandomStream } from './random.ts';
export { DAY_MS, HOUR_MS, MINUTE_MS } from './time.ts';
