import type { Conversation, Thread } from '../store/model.ts';
import { plainText } from '../store/plain-text.ts';
import { conversationPath } from './conversation-list.tsx';
import { Page } from './layout.tsx';
import { Time } from './time.tsx';

export interface ConversationPageProps {
  conversation: Conversation;
  customerEmail: string;
  mailboxName: string;
  nameOf(thread: Thread): string;
}

const KIND: Record<Thread['type'], string> = {
  customer: 'customer',
  message: 'agent',
  note: 'private note',
  lineitem: 'what happened',
  phone: 'call',
  chat: 'chat',
  beaconchat: 'chat',
  forwardparent: 'forwarded',
  forwardchild: 'forwarded',
};

export function ConversationPage({ conversation, customerEmail, mailboxName, nameOf }: ConversationPageProps) {
  return (
    <Page title={conversation.subject}>
      <p>
        <a href="/">All conversations</a>
      </p>
      <h1>
        {conversation.subject}
        <span class="badge">{conversation.status}</span>
      </h1>
      <p class="muted">
        {customerEmail} · {mailboxName} · number {conversation.number} · id {conversation.id}
      </p>
      {conversation.threads.map((thread) => (
        <article class={`thread ${thread.type}`} key={thread.id}>
          <div class="muted">
            <strong>{nameOf(thread)}</strong> ({KIND[thread.type]}) · <Time ms={thread.createdAtMs} />
          </div>
          <p class="text">{thread.action?.text ?? plainText(thread)}</p>
        </article>
      ))}
      <h2>Write as the customer</h2>
      <form method="post" action={conversationPath(conversation)} class="stacked">
        <label>
          Message
          <textarea name="text" rows={5} required />
        </label>
        <button type="submit">Send as {customerEmail}</button>
      </form>
    </Page>
  );
}
