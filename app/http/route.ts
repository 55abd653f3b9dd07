// One way to say a route: zod schemas in, zod schemas out. The same schemas validate requests and become /openapi.json.
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { z } from 'zod';

export interface RouteSpec<Params, Query, Body> {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly summary: string;
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  readonly answer?: z.ZodType;
  readonly status?: number;
}

export interface RouteInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const jsonSchema = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' });

const parse = <T>(schema: z.ZodType<T> | undefined, value: unknown): T =>
  schema === undefined ? (value as T) : schema.parse(value);

/** Adds a route whose handler gets parsed values and returns the answer's body (or sends by itself and returns the reply). */
export function route<Params = unknown, Query = unknown, Body = unknown>(
  server: FastifyInstance,
  spec: RouteSpec<Params, Query, Body>,
  handle: (input: RouteInput<Params, Query, Body>) => unknown,
): void {
  server.route({
    method: spec.method,
    url: spec.url,
    schema: {
      summary: spec.summary,
      ...(spec.params === undefined ? {} : { params: jsonSchema(spec.params) }),
      ...(spec.query === undefined ? {} : { querystring: jsonSchema(spec.query) }),
      ...(spec.body === undefined ? {} : { body: jsonSchema(spec.body) }),
      ...(spec.answer === undefined ? {} : { response: { [spec.status ?? 200]: jsonSchema(spec.answer) } }),
    },
    // zod parses below; the JSON Schemas above are for the documentation only.
    validatorCompiler: () => () => true,
    serializerCompiler: () => (value) => JSON.stringify(value),
    handler: async (request, reply) => {
      const result = await handle({
        params: parse(spec.params, request.params),
        query: parse(spec.query, request.query),
        body: parse(spec.body, request.body),
        request,
        reply,
      });
      if (reply.sent || result === reply) return reply;
      return reply.code(spec.status ?? 200).send(result);
    },
  });
}
