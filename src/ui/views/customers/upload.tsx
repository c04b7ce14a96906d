import type { CustomerImport, ImportCounts, ImportLine } from '../../../domain/customer-import.ts';
import { PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { NumberCell, TableHead } from '../../components/table.tsx';
import { formatCount, formatPercent, plural } from '../../format.ts';
import { CUSTOMER_IMPORTS_PATH, customerImportHref } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** GET /customers/uploads/:importId; fetches its progress again while there is something to watch. */
export interface CustomerUploadPageProps {
  shell: Shell;
  upload: CustomerImport;
  counts: ImportCounts;
  /** The first ones; all of them can be downloaded. */
  bad: readonly ImportLine[];
  /** Whether what was taken on waits for a batch. */
  inBatches: boolean;
}

const NUMBERS = [
  { state: 'accepted', text: 'On the way' },
  { state: 'synced', text: 'Synced' },
  { state: 'unchanged', text: 'Unchanged' },
  { state: 'failed', text: 'Failed' },
  { state: 'invalid', text: 'Do not fit' },
] as const;

export function CustomerUploadPage({ shell, upload, counts, bad, inBatches }: CustomerUploadPageProps) {
  const path = customerImportHref(upload.importId);
  const title = upload.fileName || `${upload.format.toUpperCase()} by API`;
  const open = counts.stored + counts.accepted;
  const settled = upload.lines - open;
  const isOver = upload.state === 'broken' || (upload.state === 'done' && open === 0);
  const badLines = counts.failed + counts.invalid;
  return (
    <Page shell={shell} title={title}>
      <PageHead
        back={{ href: CUSTOMER_IMPORTS_PATH, text: 'Upload customers' }}
        title={title}
        lead={
          <>
            {plural(upload.lines, 'line')}, sent by {upload.createdBy} <Time at={upload.createdAt} clock={shell} />
          </>
        }
      />
      <div
        id="upload-progress"
        {...(!isOver && {
          'hx-get': path,
          'hx-trigger': 'every 2s',
          'hx-select': '#upload-progress',
          'hx-target': '#upload-progress',
          'hx-swap': 'outerHTML',
        })}
      >
        <section class="card" aria-labelledby="progress-heading">
          <h2 id="progress-heading" aria-live="polite">
            {heading(upload, open)}
          </h2>
          {upload.state === 'broken' ? (
            <p>The upload broke off, or could not be read. Nothing of it was used: send it again.</p>
          ) : (
            <>
              <div class="progress-line">
                <progress value={settled} max={Math.max(upload.lines, 1)} aria-labelledby="progress-heading" />
                <span>{formatPercent(upload.lines === 0 ? 0 : settled / upload.lines)}</span>
              </div>
              <dl class="upload-numbers">
                {NUMBERS.map(({ state, text }) => (
                  <div key={state} class={`upload-number upload-${state}`}>
                    <dt>{text}</dt>
                    <dd>{formatCount(counts[state] + (state === 'accepted' ? counts.stored : 0))}</dd>
                  </div>
                ))}
              </dl>
              {inBatches && counts.accepted > 0 && (
                <p class="sub">
                  Your organization sends customers in batches: those on the way leave with the next one.
                </p>
              )}
            </>
          )}
        </section>
        {badLines > 0 && (
          <section class="card flush" aria-labelledby="bad-heading">
            <div class="card-head">
              <h2 id="bad-heading">Lines with a problem</h2>
              <a class="button secondary" href={`${path}/problems.csv`}>
                Download all {formatCount(badLines)}
              </a>
            </div>
            <table class="stack">
              <caption class="visually-hidden">Lines with a problem, in the order of the file</caption>
              <TableHead columns={[{ number: 'Line' }, 'Your id', 'Problem']} />
              <tbody>
                {bad.map((line) => (
                  <tr key={line.line}>
                    <NumberCell label="Line">{line.line}</NumberCell>
                    <td data-label="Your id">
                      <span class="ellipsis">{line.externalId ?? '–'}</span>
                    </td>
                    <td>{line.error}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {badLines > bad.length && <p class="sub upload-rest">The first {formatCount(bad.length)} are shown.</p>}
          </section>
        )}
      </div>
    </Page>
  );
}

function heading({ state }: CustomerImport, open: number): string {
  if (state === 'broken') return 'Not usable';
  if (state === 'receiving') return 'Being received';
  return open > 0 || state !== 'done' ? 'Under way' : 'Finished';
}
