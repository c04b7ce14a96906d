import type { CustomerImport } from '../../../domain/customer-import.ts';
import { EmptyCard, PageHead, Time } from '../../components/content.tsx';
import { FormError } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { CursorPager } from '../../components/pager.tsx';
import { TableHead } from '../../components/table.tsx';
import { formatCount } from '../../format.ts';
import { CUSTOMER_IMPORTS_PATH, CUSTOMERS_PATH, customerImportHref } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';

/** GET and POST /customers/uploads. The form is multipart: `_csrf`, then `file` as its last field. */
export interface CustomerUploadsPageProps {
  shell: Shell;
  uploads: readonly CustomerImport[];
  before: string | null;
  older: string | null;
  errors?: FieldErrors;
}

const STATE_TEXT: Record<CustomerImport['state'], string> = {
  receiving: 'Being received',
  stored: 'Waiting',
  working: 'Being worked off',
  done: 'Taken on',
  broken: 'Not usable',
};

export function CustomerUploadsPage({ shell, uploads, before, older, errors }: CustomerUploadsPageProps) {
  return (
    <Page shell={shell} title="Upload customers">
      <PageHead back={{ href: CUSTOMERS_PATH, text: 'Customers' }} title="Upload customers" />
      <section class="card" aria-labelledby="upload-heading">
        <h2 id="upload-heading">A file with one customer a line</h2>
        <p>
          CSV whose first line names the columns, or NDJSON with one object a line. Needed: <code>externalId</code>, the
          id in your systems, and <code>email</code>. As far as you have them: <code>firstName</code>,{' '}
          <code>lastName</code>, <code>jobTitle</code>, <code>organization</code>, <code>location</code>,{' '}
          <code>background</code>, <code>phone</code>, <code>website</code>. At most 100,000 lines, in UTF-8.
        </p>
        {errors && <FormError errors={errors} />}
        <form method="post" action={CUSTOMER_IMPORTS_PATH} encType="multipart/form-data" class="upload-form">
          <input type="hidden" name="_csrf" value={shell.csrfToken} />
          <div class="field">
            <label for="upload-file">File</label>
            <input
              id="upload-file"
              type="file"
              name="file"
              required
              accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
              aria-invalid={errors?.form ? 'true' : undefined}
            />
          </div>
          <button type="submit" class="button primary">
            Upload
          </button>
        </form>
      </section>
      {uploads.length === 0 ? (
        <EmptyCard icon="layers" title="No uploads yet">
          <p>How far an upload is, and which of its lines did not fit, is shown here.</p>
        </EmptyCard>
      ) : (
        <section class="card flush" aria-label="Uploads">
          <table class="stack">
            <caption class="visually-hidden">Uploads, newest first</caption>
            <TableHead columns={['Upload', 'State', { number: 'Lines' }, 'By', 'Time']} />
            <tbody>
              {uploads.map((upload) => (
                <tr key={upload.importId}>
                  <td class="lead-cell">
                    <a class="row-title ellipsis" href={customerImportHref(upload.importId)}>
                      {upload.fileName || `${upload.format.toUpperCase()} by API`}
                    </a>
                  </td>
                  <td data-label="State">{STATE_TEXT[upload.state]}</td>
                  <td data-label="Lines" class="number">
                    {formatCount(upload.lines)}
                  </td>
                  <td data-label="By">
                    <span class="ellipsis">{upload.createdBy}</span>
                  </td>
                  <td class="nowrap">
                    <Time at={upload.createdAt} clock={shell} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <CursorPager path={CUSTOMER_IMPORTS_PATH} filter={{ before }} older={older} />
    </Page>
  );
}
