import type { JournalEntry } from '../../http/journal-entries.ts';
import type { EndpointUsage } from '../../http/usage.ts';
import type { Webhook } from '../../store/events/webhook-events.ts';
import type { SwitchValues } from '../../switches-schema.ts';
import { Page } from '../layout.tsx';
import { Entries, Subscriptions, UsageTable } from './activity.tsx';
import { ClockForm } from './clock-form.tsx';
import { FaultForms, type FaultFormsProps } from './fault-forms.tsx';
import { SwitchForms } from './switch-forms.tsx';

export interface ControlPageProps extends FaultFormsProps {
  problem: string | null;
  nowMs: number;
  offsetMs: number;
  values: SwitchValues;
  usage: Record<string, EndpointUsage>;
  webhooks: readonly Webhook[];
  requests: readonly JournalEntry[];
  deliveries: readonly JournalEntry[];
  changes: readonly JournalEntry[];
}

/** Everything that can be turned, and what happened lately. */
export function ControlPage(props: ControlPageProps) {
  const { problem, nowMs, offsetMs, faults, brokenThreads, templates, values } = props;
  return (
    <Page title="Control">
      <h1>Control</h1>
      {problem !== null && (
        <p role="alert" class="thread note">
          {problem}
        </p>
      )}
      <ClockForm nowMs={nowMs} offsetMs={offsetMs} />
      <FaultForms faults={faults} brokenThreads={brokenThreads} templates={templates} />
      <SwitchForms values={values} />
      <section aria-labelledby="tokens">
        <h2 id="tokens">Tokens</h2>
        <form method="post" action="/sandbox/tokens" class="actions">
          <button type="submit" name="end" value="expire" class="secondary">
            Expire all access tokens
          </button>
          <button type="submit" name="end" value="revoke" class="secondary">
            Revoke every authorization
          </button>
        </form>
      </section>
      <Subscriptions webhooks={props.webhooks} />
      <UsageTable usage={props.usage} />
      <Entries title="Latest requests" id="requests" entries={props.requests} />
      <Entries title="Latest deliveries" id="deliveries" entries={props.deliveries} />
      <Entries title="Latest changes" id="changes" entries={props.changes} />
    </Page>
  );
}
