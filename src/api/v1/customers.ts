import { z } from 'zod';
import { customerImportSchema, IMPORT_LINE_STATES, importLineSchema } from '../../domain/customer-import.ts';
import {
  CUSTOMER_STATES,
  type CustomerRecord,
  customerFieldsSchema,
  customerRecordSchema,
  externalIdSchema,
} from '../../domain/customer-record.ts';
import { syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { putCustomer } from '../commands/put-customer.ts';
import { MOST_UPLOAD_BYTES, receiveCustomers } from '../commands/receive-customers.ts';
import { customerCursor, writeCustomerCursor } from '../readers/customer-cursor.ts';
import { apiEndpoint, pageOf, pageQuery, rawBody } from './api-endpoint.ts';
import { numberedCursor, timeCursor, toPage, unwrapCursor, wrapCursor } from './paging.ts';
import { id } from './parameters.ts';
import { apiProblem } from './problems.ts';

const tag = 'Customers';
const params = z.object({ externalId: externalIdSchema.describe('The customer’s id in your systems.') });
const importParams = z.object({ importId: id('Of the upload.') });

const customerSchema = customerRecordSchema
  .pick({
    externalId: true,
    fields: true,
    state: true,
    helpScoutCustomerId: true,
    createdAt: true,
    updatedAt: true,
    syncedAt: true,
  })
  .extend({
    problem: z
      .object({ code: syncErrorCodeSchema, message: z.string(), remedy: z.string(), details: z.string() })
      .nullable()
      .describe('Of a failed one: why, and what to do.'),
  })
  .meta({ id: 'Customer', description: 'What your systems say of a customer, and how far Help Scout has it.' });

const acceptedSchema = z
  .object({
    externalId: z.string(),
    state: z.enum(CUSTOMER_STATES),
    statusUrl: z.string().describe('Where the state can be read.'),
  })
  .meta({ id: 'AcceptedCustomer' });

const uploadSchema = customerImportSchema
  .omit({ organizationId: true })
  .extend({
    counts: z.object(lineCounts()).describe('Lines by what became of them.'),
    statusUrl: z.string(),
  })
  .meta({ id: 'CustomerUpload', description: 'Many customers sent at once.' });

function lineCounts() {
  return Object.fromEntries(IMPORT_LINE_STATES.map((state) => [state, z.number().int()])) as Record<
    (typeof IMPORT_LINE_STATES)[number],
    z.ZodNumber
  >;
}

function toCustomer({ problem, ...record }: CustomerRecord) {
  if (record.state !== 'failed' || !problem) return { ...record, problem: null };
  return { ...record, problem: { ...problem, ...SYNC_ERROR_TEXT[problem.code] } };
}

const statusUrl = (externalId: string) => `/api/v1/customers/${encodeURIComponent(externalId)}`;
const uploadUrl = (importId: string) => `/api/v1/customer-uploads/${encodeURIComponent(importId)}`;

const putOne = apiEndpoint({
  method: 'put',
  path: '/api/v1/customers/:externalId',
  scope: 'customers:write',
  tag,
  summary: 'Create or change a customer',
  description:
    'Fields that are absent are left as Help Scout has them, empty ones are cleared. Sending the same again changes nothing.',
  params,
  body: z.strictObject(customerFieldsSchema.shape),
  status: 202,
  response: acceptedSchema,
  problems: { 409: ['notConnected'] },
  handler:
    (deps) =>
    async ({ organizationId, params: { externalId }, body }) => {
      const { state } = await putCustomer(deps, organizationId, externalId, body);
      return { externalId, state, statusUrl: statusUrl(externalId) };
    },
});

const getOne = apiEndpoint({
  method: 'get',
  path: '/api/v1/customers/:externalId',
  scope: 'customers:read',
  tag,
  summary: 'Read a customer',
  params,
  response: customerSchema,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { externalId } }) => {
      const record = await storage.customers.get(organizationId, externalId);
      if (!record) throw apiProblem('notFound');
      return toCustomer(record);
    },
});

const listThem = apiEndpoint({
  method: 'get',
  path: '/api/v1/customers',
  scope: 'customers:read',
  tag,
  summary: 'List customers by e-mail address',
  query: pageQuery({
    state: z.enum(CUSTOMER_STATES).optional(),
    emailPrefix: z.string().trim().max(254).optional().describe('How the address begins.'),
  }),
  response: pageOf(customerSchema),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { cursor, limit, ...filter } }) => {
      const after = customerCursor(unwrapCursor(cursor));
      const { customers, next } = await storage.customers.list(organizationId, filter, { limit, cursor: after });
      return { data: customers.map(toCustomer), nextCursor: wrapCursor(writeCustomerCursor(next)) };
    },
});

const bulk = apiEndpoint({
  method: 'post',
  path: '/api/v1/customers/bulk',
  scope: 'customers:write',
  tag,
  summary: 'Send many customers',
  description:
    'One customer a line, with `externalId` and the fields of a single one: JSON objects, or CSV whose first line names the columns. Lines that do not fit are kept with their reasons, and do not stop the others.',
  body: rawBody({
    types: ['application/x-ndjson', 'text/csv'],
    description: 'At most 100,000 lines, in UTF-8.',
    maxBytes: MOST_UPLOAD_BYTES,
  }),
  status: 202,
  response: uploadSchema,
  problems: { 409: ['notConnected'], 413: ['tooManyLines'], 422: ['unreadableUpload'] },
  handler:
    (deps) =>
    async ({ organizationId, caller, req }) => {
      const format = req.is('text/csv') ? ('csv' as const) : ('ndjson' as const);
      const upload = { createdBy: caller.by, fileName: '', format, chunks: req };
      const received = await receiveCustomers(deps, organizationId, upload);
      const { importId } = received;
      const counts = await deps.storage.customerImports.counts(organizationId, importId);
      return { ...received, counts, statusUrl: uploadUrl(importId) };
    },
});

const listUploads = apiEndpoint({
  method: 'get',
  path: '/api/v1/customer-uploads',
  scope: 'customers:read',
  tag,
  summary: 'List uploads',
  query: pageQuery({}),
  response: pageOf(uploadSchema.omit({ counts: true }).meta({ id: 'CustomerUploadSummary' })),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { cursor, limit } }) => {
      const page = { limit, cursor: timeCursor(cursor) };
      const { imports, next } = await storage.customerImports.list(organizationId, page);
      return toPage(
        imports.map((upload) => ({ ...upload, statusUrl: uploadUrl(upload.importId) })),
        next,
      );
    },
});

const getUpload = apiEndpoint({
  method: 'get',
  path: '/api/v1/customer-uploads/:importId',
  scope: 'customers:read',
  tag,
  summary: 'Read how far an upload is',
  params: importParams,
  response: uploadSchema,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { importId } }) => {
      const upload = await storage.customerImports.get(organizationId, importId);
      if (!upload) throw apiProblem('notFound');
      const counts = await storage.customerImports.counts(organizationId, importId);
      return { ...upload, counts, statusUrl: uploadUrl(importId) };
    },
});

const listErrors = apiEndpoint({
  method: 'get',
  path: '/api/v1/customer-uploads/:importId/errors',
  scope: 'customers:read',
  tag,
  summary: 'List the lines of an upload that failed or did not fit',
  params: importParams,
  query: pageQuery({}),
  response: pageOf(importLineSchema.meta({ id: 'CustomerUploadLine' })),
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { importId }, query: { cursor, limit } }) => {
      if (!(await storage.customerImports.get(organizationId, importId))) throw apiProblem('notFound');
      const after = Number(numberedCursor(cursor) ?? 0);
      const found = await storage.customerImports.badLines(organizationId, importId, limit + 1, after);
      const data = found.slice(0, limit);
      return { data, nextCursor: wrapCursor(found.length > limit ? String(data.at(-1)?.line) : null) };
    },
});

/** Fixed addresses before those with an id of the caller's choice. */
export const customerApi = [listThem, listUploads, getUpload, listErrors, bulk, getOne, putOne];
