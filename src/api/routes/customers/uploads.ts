import { z } from 'zod';
import type { ImportFormat } from '../../../domain/customer-import.ts';
import { roleFor } from '../../../security/permissions.ts';
import type { Storage } from '../../../storage/storage.ts';
import { CustomerUploadPage, CustomerUploadsPage } from '../../../ui/index.ts';
import { CUSTOMER_IMPORTS_PATH, customerImportHref } from '../../../ui/links.ts';
import type { FieldErrors } from '../../../ui/props.ts';
import { receiveCustomers } from '../../commands/receive-customers.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound, RequestProblem } from '../../errors.ts';
import { uploadOf } from '../../middleware/upload.ts';
import { csvLines, csvStart } from '../../readers/csv.ts';
import { textCursor, writeCursor } from '../../readers/cursor.ts';
import { idParam, queryCursor } from '../../readers/query-values.ts';
import { page, redirect, stream } from '../../reply.ts';

const UPLOADS = 20;
const BAD_LINES = 100;
const LINES_AT_ONCE = 1000;
const access = roleFor('manageCustomers');
const params = z.object({ importId: idParam });

async function uploadsPage(storage: Storage, organizationId: string, before: string | null) {
  const cursor = textCursor(before);
  const { imports, next } = await storage.customerImports.list(organizationId, { limit: UPLOADS, cursor });
  return { uploads: imports, before: cursor ? before : null, older: writeCursor(next) };
}

export const showUploads = memberEndpoint({
  method: 'get',
  path: CUSTOMER_IMPORTS_PATH,
  access,
  query: z.object({ before: queryCursor }),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { before }, shell }) =>
      page(CustomerUploadsPage({ shell: await shell(), ...(await uploadsPage(storage, organizationId, before)) })),
});

/** Takes a file; answered when every line of it is stored. */
export const receiveUpload = memberEndpoint({
  method: 'post',
  path: CUSTOMER_IMPORTS_PATH,
  access,
  handler:
    (deps) =>
    async ({ organizationId, member, req, shell }) => {
      const refuse = async (status: number, errors: FieldErrors) =>
        page(
          CustomerUploadsPage({
            shell: await shell(),
            ...(await uploadsPage(deps.storage, organizationId, null)),
            errors,
          }),
          status,
        );
      const upload = uploadOf(req);
      if (!upload || upload.fileName === '') return refuse(422, { form: 'Choose a file.' });
      const format: ImportFormat = /\.(ndjson|jsonl|json)$/i.test(upload.fileName) ? 'ndjson' : 'csv';
      try {
        const about = { createdBy: member.email, format, ...upload };
        const { importId } = await receiveCustomers(deps, organizationId, about);
        return redirect(customerImportHref(importId));
      } catch (error) {
        if (!(error instanceof RequestProblem)) throw error;
        const { status, sentence, remedy } = error.problem;
        return refuse(status, { form: `${sentence} ${remedy}` });
      }
    },
});

export const showUpload = memberEndpoint({
  method: 'get',
  path: `${CUSTOMER_IMPORTS_PATH}/:importId`,
  access,
  params,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { importId }, shell }) => {
      const upload = await storage.customerImports.get(organizationId, importId);
      if (!upload) throw notFound();
      const [counts, bad, settings] = await Promise.all([
        storage.customerImports.counts(organizationId, importId),
        storage.customerImports.badLines(organizationId, importId, BAD_LINES),
        storage.settings.get(organizationId),
      ]);
      const inBatches = settings.customers.mode !== 'realTime';
      return page(CustomerUploadPage({ shell: await shell(), upload, counts, bad, inBatches }));
    },
});

/** Every line that failed or did not fit, for a spreadsheet. */
export const downloadProblems = memberEndpoint({
  method: 'get',
  path: `${CUSTOMER_IMPORTS_PATH}/:importId/problems.csv`,
  access,
  params,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { importId } }) => {
      if (!(await storage.customerImports.get(organizationId, importId))) throw notFound();
      return stream(problemsAsCsv(storage, organizationId, importId), {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="problems.csv"',
      });
    },
});

async function* problemsAsCsv(storage: Storage, organizationId: string, importId: string): AsyncGenerator<string> {
  yield csvStart(['Line', 'Your id', 'Problem']);
  for (let after = 0; ; ) {
    const lines = await storage.customerImports.badLines(organizationId, importId, LINES_AT_ONCE, after);
    const last = lines.at(-1);
    if (!last) return;
    yield csvLines(lines.map(({ line, externalId, error }) => [String(line), externalId ?? '', error ?? '']));
    after = last.line;
  }
}
