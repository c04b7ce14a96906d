import { Time } from '../components/content.tsx';
import { Fact } from '../components/fact.tsx';
import { ListCard } from '../components/list-card.tsx';
import { TableHead } from '../components/table.tsx';
import type { LogEventPageProps, TransferredField } from './log-event.tsx';

/** What went to Help Scout, or was to go. */
export function Transferred({ transferred, kind, row, conversation }: LogEventPageProps) {
  return (
    <section class="card" aria-labelledby="data-heading">
      <h2 id="data-heading">Data transferred</h2>
      {transferred.length > 0 ? (
        <dl class="facts transferred">
          {transferred.map((field) => (
            <FieldValue key={field.name} field={field} />
          ))}
        </dl>
      ) : kind === 'conversation' && conversation ? (
        <dl class="facts">
          <Fact name="Subject">{conversation.subject || 'No subject'}</Fact>
          <Fact name="Status">{conversation.status}</Fact>
        </dl>
      ) : (
        <p class="sub">{row.details || 'Nothing of a ticket, a customer or a conversation.'}</p>
      )}
    </section>
  );
}

function FieldValue({ field }: { field: TransferredField }) {
  return (
    <>
      <dt>{field.name}</dt>
      <dd class={field.long ? 'long-text' : undefined}>
        {field.value === null ? (
          <span class="sub">Your role may not see this.</span>
        ) : (
          field.value || <span class="sub">Empty</span>
        )}
      </dd>
    </>
  );
}

/** What people corrected before a retry. */
export function Edits({ edits, shell }: LogEventPageProps) {
  if (edits.length === 0) return null;
  return (
    <ListCard id="edits" title="Corrected before a retry">
      <table class="stack">
        <caption class="visually-hidden">Corrections, oldest first</caption>
        <TableHead columns={['When, by whom', 'Field', 'Before', 'After']} />
        <tbody>
          {edits.map((edit) => (
            <tr key={`${edit.at.getTime()}-${edit.field}`}>
              <td>
                <Time at={edit.at} clock={shell} exact /> <span class="sub">{edit.by}</span>
              </td>
              <td data-label="Field">{edit.field}</td>
              <td data-label="Before" class="long-text">
                <EditedText text={edit.before} />
              </td>
              <td data-label="After" class="long-text">
                <EditedText text={edit.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListCard>
  );
}

function EditedText({ text }: { text: string | null }) {
  if (text === null) return <span class="sub">not for your role</span>;
  return text === '' ? <span class="sub">empty</span> : <span>{text}</span>;
}
