// A gateway for one test, with a real server behind it, closed when the test ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EmbeddedSkills, GenerateRequest, StreamPart } from '#foundation';
import { createGateway } from '#gateway';
import type { GatewayConfig } from '#gateway';
import type { Gateway } from '#gateway/contract';
import { startOpenAiServer } from '../fixtures/openai-server.ts';
import type { OpenAiServer, OpenAiServerOptions } from '../fixtures/openai-server.ts';

export const KEY = 'sk-fixture-0123456789';
export const MODEL = 'openai/gpt-4o-mini';

export async function startServer(options: OpenAiServerOptions = {}): Promise<OpenAiServer> {
  const server = await startOpenAiServer({ apiKey: KEY, ...options });
  onTestFinished(() => server.close());
  return server;
}

export interface Opened {
  readonly gateway: Gateway;
  readonly server: OpenAiServer;
}

export interface OpenOptions {
  readonly config?: GatewayConfig;
  readonly server?: OpenAiServerOptions;
  readonly skills?: EmbeddedSkills;
  readonly databasePath?: string;
}

/** Retries do not wait long here; everything else is as it is for users. */
export async function openGateway(options: OpenOptions = {}): Promise<Opened> {
  const server = await startServer(options.server);
  const gateway = createGateway({
    databasePath: options.databasePath ?? ':memory:',
    skills: options.skills ?? {},
    environment: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.baseUrl },
    config: { retries: { baseMs: 1 }, ...options.config },
  });
  onTestFinished(() => gateway.close());
  return { gateway, server };
}

export function ask(text: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  return { task: 'test', stage: 'chat', messages: [{ role: 'user', content: text }], ...more };
}

export async function partsOf(stream: AsyncIterable<StreamPart>): Promise<readonly StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

/** The code of what a promise was rejected with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-gateway-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits until `met`; the test's own time limit is the bound. */
export async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
}
