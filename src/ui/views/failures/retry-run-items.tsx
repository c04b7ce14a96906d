import type { RetryItem, RetryPreview, RetryRun } from '../../../domain/retry-run.ts';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES } from '../../../domain/sync-event.ts';
import { RETRY_OUTCOME_TEXT, RetryOutcomeBadge } from '../../components/retry-run-badge.tsx';
import { TableHead } from '../../components/table.tsx';
import { logEventHref } from '../../links.ts';

/** The rows of a run: what each would send, whether Help Scout has it, and what came of it. */
export function Items({ items, run }: { items: readonly RetryItem[]; run: RetryRun }) {
  return (
    <table class="stack">
      <caption class="visually-hidden">Rows in the order in which they are tried</caption>
      <TableHead columns={['Row', 'Customer', 'What is sent', 'Already in Help Scout?', 'Result']} />
      <tbody>
        {items.map((item) => (
          <tr key={item.index} id={`item-${item.index}`}>
            <td class="lead-cell">
              <a class="row-title" href={logEventHref(item.eventId)}>
                {SYNC_EVENT_NAMES[item.type]}
              </a>
              {item.conversationId !== null && <span class="sub block">Conversation {item.conversationId}</span>}
            </td>
            <td data-label="Customer">{item.customerEmail ?? <span class="sub">–</span>}</td>
            <td class="details-cell">
              {item.preview ? <WhatIsSent preview={item.preview} /> : <span class="sub">{unseen(run)}</span>}
            </td>
            <td data-label="In Help Scout">
              {item.preview ? <Twin preview={item.preview} /> : <span class="sub">–</span>}
            </td>
            <td data-label="Result">
              <Result item={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const unseen = ({ state }: RetryRun) => (state === 'preview' ? 'is looked up …' : 'not looked up');

function WhatIsSent({ preview: { action, subject, safety, orphaned } }: { preview: RetryPreview }) {
  return (
    <>
      <span class="block">{`${action[0]?.toUpperCase()}${action.slice(1)}`}</span>
      {subject && <span class="block clamp">“{subject}”</span>}
      <span class="sub block">Safe to repeat: {safety}</span>
      {orphaned && <span class="sub block">Its workflow has ended: it is started anew.</span>}
    </>
  );
}

function Twin({ preview: { twin, twinId, problem } }: { preview: RetryPreview }) {
  switch (twin) {
    case 'cannotBe':
      return <span class="sub">It cannot be: nothing was sent</span>;
    case 'none':
      return <span>No</span>;
    case 'found':
      return <span>Yes: {twinId}. It is used, not made again</span>;
    case 'unknown':
      return <span class="bad">Not known: {problem ? SYNC_ERROR_TEXT[problem].message : 'the look-up failed'}</span>;
  }
}

function Result({ item: { outcome, code } }: { item: RetryItem }) {
  if (!outcome) return <span class="sub">Not yet</span>;
  return (
    <span class="stacked">
      <RetryOutcomeBadge outcome={outcome} />
      <span class="sub">{code ? SYNC_ERROR_TEXT[code].message : RETRY_OUTCOME_TEXT[outcome].sentence}</span>
    </span>
  );
}
