import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type CustomerImport, type ImportFormat, MOST_IMPORT_LINES } from '../../domain/customer-import.ts';
import type { ReadLine } from '../../storage/customer-imports.ts';
import { liveIntegration } from '../../storage/live-integration.ts';
import { CUSTOMER_IMPORT_WORKFLOW, customerImportWorkflowId, TASK_QUEUE } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { RequestProblem } from '../errors.ts';
import { customerLines, unreadableUpload } from '../readers/customer-lines.ts';
import { within } from '../temporal/deadline.ts';
import { notConnected } from './put-customer.ts';

/** Of one upload. */
export const MOST_UPLOAD_BYTES = 100 * 1024 * 1024;
const LINES_AT_ONCE = 1000;
const START_MS = 5_000;

const tooManyLines = () =>
  new RequestProblem({
    status: 413,
    code: 'tooManyLines',
    sentence: `One upload may have at most ${MOST_IMPORT_LINES.toLocaleString('en-US')} lines and 100 MB.`,
    remedy: 'Split it, and send the parts one after another.',
  });

/**
 * Stores an upload line by line as it comes, and has it worked off. When it resolves every line is stored; one that breaks
 * off leaves nothing.
 * @throws RequestProblem 409 without a connection, 413 for too much, 422 when it cannot be read at all
 */
export async function receiveCustomers(
  { storage, temporal, logger, now }: Pick<Deps, 'storage' | 'temporal' | 'logger' | 'now'>,
  organizationId: string,
  upload: { createdBy: string; fileName: string; format: ImportFormat; chunks: Readable },
): Promise<CustomerImport> {
  if (!(await liveIntegration(storage, organizationId))) throw notConnected();
  const { chunks, ...about } = upload;
  const importId = randomUUID();
  const received: CustomerImport = {
    ...{ organizationId, importId, ...about, fileName: about.fileName.slice(0, 200) },
    ...{ state: 'receiving', lines: 0, createdAt: now(), finishedAt: null },
  };
  await storage.customerImports.create(received);
  try {
    for await (const page of pagesOf(customerLines(about.format, limited(chunks)))) {
      received.lines += page.length;
      if (received.lines > MOST_IMPORT_LINES) throw tooManyLines();
      await storage.customerImports.addLines(organizationId, importId, page);
    }
    if (received.lines === 0) throw unreadableUpload('The file has no lines.');
  } catch (error) {
    await storage.customerImports.removeLines(organizationId, importId);
    await storage.customerImports.update(organizationId, importId, { state: 'broken', lines: 0, finishedAt: now() });
    throw error;
  }
  await storage.customerImports.update(organizationId, importId, { state: 'stored', lines: received.lines });
  try {
    await within(temporal, START_MS, () =>
      temporal.workflow.start(CUSTOMER_IMPORT_WORKFLOW, {
        workflowId: customerImportWorkflowId(importId),
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: TASK_QUEUE,
        args: [{ organizationId, importId }],
      }),
    );
  } catch (error) {
    // Its lines are stored: the sweep starts it.
    if (!(error instanceof RequestProblem)) throw error;
    logger.warn({ code: error.problem.code }, 'an upload waits: its work could not be started');
  }
  return { ...received, state: 'stored' };
}

async function* limited(chunks: Readable): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  // Not destroyed when it is left in the middle: with it the connection would go, and nobody would read the refusal.
  for await (const chunk of chunks.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MOST_UPLOAD_BYTES) throw tooManyLines();
    yield chunk;
  }
}

async function* pagesOf(lines: AsyncIterable<ReadLine>): AsyncGenerator<ReadLine[]> {
  let page: ReadLine[] = [];
  for await (const line of lines) {
    page.push(line);
    if (page.length < LINES_AT_ONCE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
