// Agents: find one, see one as of a round, talk to one, ask all.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AgentFeedView, AgentView, AgentsView, ChatRequest, ChatView, SurveyRequest, SurveyView } from '#api/contract';
import { surveyPopulation } from '#engine';
import { askAgent, readChat } from '../../runs/chats.ts';
import { findAgents } from '../../runs/find-agents.ts';
import type { System } from '../../system.ts';
import { feedView } from '../../views/feed-view.ts';
import { agentView, checkAgent, roundOf } from '../../views/world-view.ts';
import { optional } from '../../views/optional.ts';
import { route } from '../route.ts';
import { RunParams } from './runs.ts';
import { RoundQuery } from './world.ts';

const whole = z.coerce.number().int();
const AgentParams = RunParams.extend({ agent: whole.min(0) });
const AgentsQuery = RoundQuery.extend({
  q: z.string().max(200).optional(),
  kind: z.enum(['named', 'crowd']).optional(),
  offset: whole.min(0).default(0),
  limit: whole.min(1).max(500).default(100),
});

export function agentRoutes(server: FastifyInstance, system: System): void {
  const { runs } = system;
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/agents',
      summary: 'Agents, named actors first',
      params: RunParams,
      query: AgentsQuery,
      answer: AgentsView,
    },
    ({ params, query }) => {
      const record = runs.record(params.id);
      return findAgents(record, { ...query, round: roundOf(record, query.round) });
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/agents/:agent',
      summary: 'One agent as of a round',
      params: AgentParams,
      query: RoundQuery,
      answer: AgentView,
    },
    ({ params, query }) => {
      const record = runs.record(params.id);
      return agentView(record, params.agent, roundOf(record, query.round));
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/agents/:agent/feed',
      summary: 'What an agent had before it in a round, and why',
      params: AgentParams,
      query: RoundQuery,
      answer: AgentFeedView,
    },
    ({ params, query }) => {
      const record = runs.record(params.id);
      checkAgent(record, params.agent);
      const round = Math.max(0, roundOf(record, query.round));
      return feedView(record, params.agent, round, runs.past(params.id, round));
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/agents/:agent/chat',
      summary: 'The conversation so far',
      params: AgentParams,
      answer: ChatView,
    },
    ({ params }) => {
      checkAgent(runs.record(params.id), params.agent);
      return runs.withFile(params.id, (file) => readChat(file, params.agent));
    },
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/runs/:id/agents/:agent/chat',
      summary: 'Say something to an agent',
      params: AgentParams,
      body: ChatRequest,
      answer: ChatView,
    },
    ({ params, body, reply }) => {
      const abort = new AbortController();
      reply.raw.once('close', () => !reply.raw.writableFinished && abort.abort());
      return askAgent(system, {
        id: params.id,
        agent: params.agent,
        message: body.message,
        ...optional('round', body.round),
        signal: abort.signal,
      });
    },
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/runs/:id/survey',
      summary: 'Ask the whole population',
      params: RunParams,
      body: SurveyRequest,
      answer: SurveyView,
    },
    ({ params, body }) => {
      const record = runs.record(params.id);
      const { question, options, where, by } = body;
      const round = roundOf(record, body.round);
      return surveyPopulation({ record, question, options, round, ...optional('where', where), ...optional('by', by) });
    },
  );
}
