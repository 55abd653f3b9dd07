// Virtual keys, teams and users. A secret is in the answer that made it, and in no other.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  HolderParams,
  HolderRequest,
  HolderView,
  KeyMade,
  KeyPatch,
  KeyRequest,
  KeyView,
  RotateRequest,
  TeamRequest,
} from '#api/contract';
import { HOUR_MS } from '#foundation';
import type { HolderKind } from '#gateway/contract';
import { holderOf, keyChangeOf, newKeyOf } from '../../key-requests.ts';
import type { GatewaySystem } from '../../gateway-system.ts';
import { actorOf } from '../guard-routes.ts';
import { route } from '../route.ts';

const KeyParams = z.object({ id: z.string().regex(/^[a-z0-9]{1,40}$/, 'is not a key id') });

export function keyRoutes(server: FastifyInstance, { gateway: { keys } }: GatewaySystem): void {
  const one = { url: '/api/v1/keys/:id', params: KeyParams } as const;

  route(server, { method: 'GET', url: '/api/v1/keys', summary: 'All virtual keys', answer: z.array(KeyView) }, () => keys.list());
  route(server, { ...one, method: 'GET', summary: 'One key', answer: KeyView }, ({ params }) => keys.view(params.id));
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/keys',
      summary: 'Make a key; its secret is shown this once',
      body: KeyRequest,
      answer: KeyMade,
      status: 201,
    },
    ({ body, request, reply }) => {
      void reply.header('cache-control', 'no-store');
      return keys.create(newKeyOf(body), actorOf(request));
    },
  );
  route(
    server,
    { ...one, method: 'PATCH', summary: 'Change, disable or enable a key', body: KeyPatch, answer: KeyView },
    ({ params, body, request }) => keys.change(params.id, keyChangeOf(body), actorOf(request)),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/keys/:id/rotate',
      summary: 'A new secret, shown this once; the old one is taken for a while',
      params: KeyParams,
      body: RotateRequest,
      answer: KeyMade,
    },
    ({ params, body, request, reply }) => {
      void reply.header('cache-control', 'no-store');
      return keys.rotate(params.id, body.graceHours * HOUR_MS, actorOf(request));
    },
  );
  route(server, { ...one, method: 'DELETE', summary: 'Delete a key', status: 204 }, ({ params, request, reply }) => {
    keys.remove(params.id, actorOf(request));
    return reply.code(204).send();
  });

  const holderRoutes = (kind: HolderKind, request: typeof HolderRequest | typeof TeamRequest): void => {
    const url = `/api/v1/${kind}s`;
    route(server, { method: 'GET', url, summary: `All ${kind}s`, answer: z.array(HolderView) }, () => keys.holders(kind));
    route(
      server,
      {
        method: 'PUT',
        url: `${url}/:name`,
        summary: `Make or replace a ${kind}: what narrows its keys`,
        params: HolderParams,
        body: request as z.ZodType<z.infer<typeof TeamRequest>>,
        answer: HolderView,
      },
      ({ params, body, request }) => keys.setHolder(kind, holderOf(params.name, body), actorOf(request)),
    );
    route(
      server,
      { method: 'DELETE', url: `${url}/:name`, summary: `Delete a ${kind} that has no keys`, params: HolderParams, status: 204 },
      ({ params, request, reply }) => {
        keys.removeHolder(kind, params.name, actorOf(request));
        return reply.code(204).send();
      },
    );
  };
  holderRoutes('team', TeamRequest);
  holderRoutes('user', HolderRequest);
}
