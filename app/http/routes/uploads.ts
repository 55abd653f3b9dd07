// Documents come in: as files, or by their addresses on the web where the configuration allows that.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UploadAnswer, UrlUploadRequest, type UploadedFile } from '#api/contract';
import { ShoalError } from '#foundation';
import { fetchDocument } from '#knowledge-graph';
import type { InputFile } from '#knowledge-graph/contract';
import type { DocumentSettings } from '../../config.ts';
import type { Blobs } from '../../runs/blobs.ts';
import { takeUploads } from '../../runs/take-uploads.ts';
import { route } from '../route.ts';

export function uploadRoutes(server: FastifyInstance, blobs: Blobs, documents: () => DocumentSettings): void {
  route(
    server,
    { method: 'POST', url: '/api/v1/uploads', summary: 'Upload documents; each is read at once', answer: UploadAnswer },
    async ({ request }) => {
      const files = await uploadsOf(request, blobs);
      if (files.length === 0) {
        throw new ShoalError('no_documents', 'The upload holds no file.', {
          hint: 'Send multipart/form-data with one or more `files` parts.',
        });
      }
      return { files };
    },
  );

  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/uploads/urls',
      summary: 'Fetch documents from public web addresses; each is read at once',
      body: UrlUploadRequest,
      answer: UploadAnswer,
    },
    async ({ body, request }) => {
      if (!documents().allowUrls) {
        throw new ShoalError('forbidden', 'This server fetches no documents from the web.', {
          hint: 'Set documents.allowUrls: true in config.yaml, or upload the files.',
        });
      }
      const gone = new AbortController();
      request.raw.once('close', () => {
        if (!request.raw.complete) gone.abort();
      });
      const files: UploadedFile[] = [];
      for (const url of body.urls) files.push(await fetched(url, blobs, gone.signal));
      return { files };
    },
  );
}

async function fetched(url: string, blobs: Blobs, signal: AbortSignal): Promise<UploadedFile> {
  let file: InputFile;
  try {
    file = await fetchDocument(url, { signal });
  } catch (thrown) {
    if (!(thrown instanceof ShoalError) || thrown.code === 'cancelled') throw thrown;
    return { name: url, bytes: 0, refused: `${thrown.message} ${thrown.hint ?? ''}`.trim() };
  }
  const [taken] = await takeUploads([file], blobs);
  return taken ?? { name: url, bytes: file.bytes.byteLength, refused: 'It holds no text.' };
}

/** Reads what has come as soon as it is this much, so that an upload of any length needs little memory. */
const BATCH_BYTES = 64 * 1024 * 1024;

async function uploadsOf(request: FastifyRequest, blobs: Blobs): Promise<UploadedFile[]> {
  const taken: UploadedFile[] = [];
  let batch: InputFile[] = [];
  const take = async (): Promise<void> => {
    taken.push(...(await takeUploads(batch, blobs)));
    batch = [];
  };
  for await (const { name, bytes } of partsOf(request)) {
    batch.push({ name, bytes });
    if (batch.reduce((sum, file) => sum + file.bytes.byteLength, 0) >= BATCH_BYTES) await take();
  }
  await take();
  return taken;
}

async function* partsOf(request: FastifyRequest): AsyncGenerator<InputFile> {
  try {
    for await (const part of request.files()) yield { name: part.filename || 'unnamed', bytes: await part.toBuffer() };
  } catch (error) {
    // The parser of multipart bodies throws plain errors for what is wrong with the body.
    if (!(error instanceof Error) || 'code' in error) throw error;
    throw new ShoalError('invalid_input', `The upload is not whole: ${error.message}.`, {
      hint: 'Send multipart/form-data with one or more `files` parts.',
      cause: error,
    });
  }
}
