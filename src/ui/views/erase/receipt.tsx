import type { Erasure, ErasureState } from '../../../domain/erasure.ts';
import { Fact } from '../../components/fact.tsx';
import { PublicPage } from '../../components/layout.tsx';
import { TableHead } from '../../components/table.tsx';
import { formatCount, plural } from '../../format.ts';
import type { PublicShell } from '../../props.ts';

export const ERASURE_STATE_TEXT: Record<ErasureState, string> = {
  waiting: 'Begins in a moment',
  running: 'Erasing',
  settling: 'Erased; a last look follows in about ten minutes, when nothing that was under way can write any more',
  done: 'Done: nothing is left',
};

/** GET /erasures/:erasureId. */
export interface ReceiptPageProps {
  shell: PublicShell;
  erasure: Erasure;
}

export function ReceiptPage({ shell, erasure }: ReceiptPageProps) {
  return (
    <PublicPage shell={shell} title="Receipt of an erasure">
      <h1>{erasure.kind === 'customer' ? 'Erasure of a customer' : 'Erasure of an organization'}</h1>
      <ReceiptProgress erasure={erasure} />
    </PublicPage>
  );
}

const atUtc = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The receipt; it fetches itself again until it is complete. */
export function ReceiptProgress({ erasure }: Pick<ReceiptPageProps, 'erasure'>) {
  const { erasureId, state, requestedAt, finishedAt, removed, changed, workflows, waitsFor, subjectHash, by } = erasure;
  const again = {
    'hx-get': `/erasures/${erasureId}/progress`,
    'hx-trigger': 'every 2s',
    'hx-target': '#receipt',
    'hx-swap': 'outerMorph',
  };
  return (
    <div id="receipt">
      <p role="status" class="form-text" {...(state === 'done' ? {} : again)}>
        {ERASURE_STATE_TEXT[state]}.{waitsFor > 0 && ` ${plural(waitsFor, 'workflow')} must come to a pause first.`}
      </p>
      <dl class="facts">
        <Fact name="Asked for">{atUtc(requestedAt)}</Fact>
        <dt>By member</dt>
        <dd class="long-text">{by}</dd>
        {finishedAt && <Fact name="Finished">{atUtc(finishedAt)}</Fact>}
        {subjectHash && (
          <>
            <dt>Of (keyed hash)</dt>
            <dd class="long-text">{subjectHash}</dd>
          </>
        )}
        <Fact name="Workflows">
          {formatCount(workflows.ended)} ended, {formatCount(workflows.deleted)} histories deleted
        </Fact>
      </dl>
      <Counts title="Removed" counts={removed} />
      <Counts title="Changed" counts={changed} />
    </div>
  );
}

function Counts({ title, counts }: { title: string; counts: Readonly<Record<string, number>> }) {
  const rows = Object.entries(counts).sort(([a], [b]) => a.localeCompare(b));
  if (rows.length === 0) return null;
  return (
    <table class="receipt-counts">
      <caption>{title}</caption>
      <TableHead columns={['Collection', { number: 'Documents' }]} />
      <tbody>
        {rows.map(([collection, count]) => (
          <tr key={collection}>
            <td>{collection}</td>
            <td class="number">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
