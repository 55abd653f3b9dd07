// Conversations with agents. They are kept in the run's file, so that a reload or a colleague finds them, and they
// never touch the world: an agent that is talked to remembers nothing of it in the run.
import { z } from 'zod';
import { ChatTurnView, type ChatView } from '#api/contract';
import { chatWithAgent } from '#engine';
import type { RunFile } from '#engine/contract';
import { openGraph } from '#knowledge-graph';
import type { System } from '../system.ts';
import { excerptsOf } from '../views/excerpt.ts';
import { optional } from '../views/optional.ts';
import { checkAgent, roundOf } from '../views/world-view.ts';
import { budgetOf, modelOf } from './run-model.ts';

const Chats = z.record(z.string(), z.array(ChatTurnView));
const readAll = (file: RunFile): z.infer<typeof Chats> => Chats.parse(file.json('chats') ?? {});

export const readChat = (file: RunFile, agent: number): ChatView => ({ agent, turns: readAll(file)[String(agent)] ?? [] });

export interface Question {
  readonly id: string;
  readonly agent: number;
  readonly message: string;
  readonly round?: number;
  readonly signal: AbortSignal;
}

/** Asks, stores both turns, and returns the whole conversation. */
export function askAgent({ runs, gateway }: System, { id, agent, message, round: asked, signal }: Question): Promise<ChatView> {
  const record = runs.record(id);
  checkAgent(record, agent);
  const round = roundOf(record, asked);
  const ask = async (file: RunFile): Promise<ChatView> => {
    const model = gateway.languageModel({
      model: modelOf(record.scenario),
      runId: id,
      budget: budgetOf(id),
      cassette: file.cassette,
    });
    const { turns } = readChat(file, agent);
    const answer = await chatWithAgent({
      record,
      graph: openGraph(record.graph),
      agent,
      round,
      history: turns.map(({ from, text }) => ({ from, text })),
      message,
      model,
      signal,
    });
    const at = new Date().toISOString();
    const added: ChatTurnView[] = [
      { from: 'person', text: message, round, at, events: [], excerpts: [] },
      {
        from: 'agent',
        text: answer.text,
        round,
        at,
        events: [...answer.events],
        excerpts: excerptsOf(record.graph, answer.spans, 6),
        ...optional('model', answer.model),
      },
    ];
    // Read again: another question to the same run may have been answered meanwhile.
    const all = readAll(file);
    const chat = [...(all[String(agent)] ?? []), ...added];
    file.putJson('chats', { ...all, [String(agent)]: chat });
    return { agent, turns: chat };
  };
  return runs.whileCharged(id, () => runs.withFile(id, ask));
}
