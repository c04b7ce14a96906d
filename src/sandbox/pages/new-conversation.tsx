import type { Mailbox } from '../store/model.ts';
import { Page } from './layout.tsx';

export function NewConversationPage({ mailboxes, problem }: { mailboxes: Mailbox[]; problem?: string }) {
  return (
    <Page title="New conversation">
      <p>
        <a href="/">All conversations</a>
      </p>
      <h1>New conversation</h1>
      {problem !== undefined && <p role="alert">{problem}</p>}
      <form method="post" action="/conversations" class="stacked">
        <label>
          Mailbox
          <select name="mailboxId">
            {mailboxes.map((mailbox) => (
              <option value={mailbox.id} key={mailbox.id}>
                {mailbox.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Customer’s e-mail address
          <input type="email" name="customerEmail" required placeholder="lin@client.example" />
        </label>
        <label>
          Subject
          <input name="subject" required maxLength={200} />
        </label>
        <label>
          Message
          <textarea name="text" rows={6} required />
        </label>
        <button type="submit">Send as the customer</button>
      </form>
    </Page>
  );
}
