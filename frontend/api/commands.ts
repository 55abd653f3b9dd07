// What the page tells the server to do. Each is one request; starting a run carries a key, so that a repeated
// click or a retried request never starts (and never bills) a second one.
import type { ForkRequest, InjectRequest, RunRequest, SurveyRequest } from '#api/contract';
import { ChatView, Estimate, RunView, SurveyView, UploadAnswer } from '#api/contract';
import { request, requestNothing } from './request.ts';

const run = (id: string): string => `/runs/${encodeURIComponent(id)}`;

export type Steering = 'pause' | 'resume' | 'stop' | 'step';

export function uploadFiles(files: readonly File[], signal?: AbortSignal): Promise<UploadAnswer> {
  const body = new FormData();
  for (const file of files) body.append('files', file, file.name);
  return request(UploadAnswer, '/uploads', { method: 'POST', body, signal });
}
export const uploadAddress = (url: string): Promise<UploadAnswer> =>
  request(UploadAnswer, '/uploads/urls', { method: 'POST', body: { urls: [url] } });
export const estimateRun = (body: RunRequest, signal: AbortSignal): Promise<Estimate> =>
  request(Estimate, '/estimate', { method: 'POST', body, signal });
export const startRun = (body: RunRequest, key: string): Promise<RunView> =>
  request(RunView, '/runs', { method: 'POST', body, headers: { 'idempotency-key': key } });
export const deleteRun = (id: string): Promise<void> => requestNothing(run(id), { method: 'DELETE' });
export const steerRun = (id: string, action: Steering): Promise<RunView> =>
  request(RunView, `${run(id)}/${action}`, { method: 'POST' });
export const forkRun = (id: string, body: ForkRequest): Promise<RunView> =>
  request(RunView, `${run(id)}/fork`, { method: 'POST', body });
export const injectEvent = (id: string, body: InjectRequest): Promise<void> =>
  requestNothing(`${run(id)}/inject`, { method: 'POST', body });
export const sayTo = (id: string, agent: number, message: string, round: number | undefined): Promise<ChatView> =>
  request(ChatView, `${run(id)}/agents/${agent}/chat`, { method: 'POST', body: { message, round } });
export const askEveryone = (id: string, body: SurveyRequest): Promise<SurveyView> =>
  request(SurveyView, `${run(id)}/survey`, { method: 'POST', body });
