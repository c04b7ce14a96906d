import type { CapStep, CostPurpose, CostSum } from '../../../domain/cost.ts';
import { EmptyCard, PageHead, Time } from '../../components/content.tsx';
import { SumTable, Usd } from '../../components/cost-table.tsx';
import { Fact } from '../../components/fact.tsx';
import { Page } from '../../components/layout.tsx';
import { TableHead } from '../../components/table.tsx';
import { formatCount, formatDay, formatUsd, plural } from '../../format.ts';
import { conversationHref, INSIGHT_SETTINGS_PATH } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** GET /insights/costs. */
export interface CostsPageProps {
  shell: Shell;
  /** Who is paid; null when the offline model does everything. */
  model: string | null;
  /** Whether the model's price is known, and from when the prices are. */
  price: { known: boolean; asOf: string };
  today: CostSum;
  /** US dollars that message batches under way are expected to cost. */
  promisedUsd: number;
  cap: { usd: number | null; atCap: 'wait' | 'offline' };
  /** The latest day first. */
  days: readonly { day: string; sum: CostSum }[];
  purposes: readonly { purpose: CostPurpose; sum: CostSum }[];
  conversations: readonly { conversationId: number; sum: CostSum }[];
  steps: readonly CapStep[];
  /** What a scan of each connection would use; empty where nothing is stored, or nothing is paid. */
  estimates: readonly {
    integrationId: string;
    account: string;
    conversations: number;
    tokens: number;
    costUsd: number | null;
  }[];
  /** Whether the member may change the cap. */
  maySet: boolean;
}

const PURPOSES: Record<CostPurpose, string> = {
  classify: 'Classifying conversations',
  pattern: 'Comparing with patterns',
  whatIf: 'What-if runs',
  title: 'Titles of patterns',
};
const STEPS: Record<CapStep['step'], string> = {
  waited: 'Work waits for the next day',
  offline: 'The offline model goes on',
  resumed: 'Work goes on',
};

export function CostsPage(props: CostsPageProps) {
  const { shell, model, days, steps, estimates } = props;
  return (
    <Page shell={shell} title="Costs">
      <PageHead
        title="Costs"
        lead="What classifying costs, by list price. Days are counted in UTC, as the daily limit is."
        actions={props.maySet && <a href={INSIGHT_SETTINGS_PATH}>Limit and classifier</a>}
      />
      <Today {...props} />
      {estimates.length > 0 && <Estimates estimates={estimates} />}
      {steps.length > 0 && <Steps steps={steps} shell={shell} />}
      {days.length === 0 ? (
        <EmptyCard icon="check" title="Nothing was paid for yet">
          <p>
            {model === null
              ? 'The offline model classifies here, which costs nothing.'
              : 'Each answer that is paid for is counted here as soon as it comes.'}
          </p>
        </EmptyCard>
      ) : (
        <Ledger {...props} />
      )}
    </Page>
  );
}

function Today({ model, price, today, promisedUsd, cap }: CostsPageProps) {
  return (
    <section class="card" aria-labelledby="today-heading">
      <h2 id="today-heading">Today</h2>
      <dl class="facts">
        <Fact name="Spent">
          <Usd sum={today} /> <span class="sub">for {plural(today.calls, 'answer')}</span>
        </Fact>
        {promisedUsd > 0 && <Fact name="Under way">about {formatUsd(promisedUsd)} in message batches</Fact>}
        <Fact name="Daily limit">
          {cap.usd === null
            ? 'None'
            : `${formatUsd(cap.usd)}; then ${cap.atCap === 'wait' ? 'work waits for the next day' : 'the offline model goes on'}`}
        </Fact>
        <Fact name="Classifier">{model ?? 'The offline model, which costs nothing'}</Fact>
        {model !== null && (
          <Fact name="Prices">
            {price.known
              ? `Published list prices, as of ${price.asOf}`
              : 'Not known for this model: tokens are counted, dollars are not, and a daily limit cannot hold.'}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Estimates({ estimates }: Pick<CostsPageProps, 'estimates'>) {
  return (
    <section class="card flush" aria-labelledby="estimate-heading">
      <h2 id="estimate-heading">Before a scan</h2>
      <table class="stack">
        <caption class="visually-hidden">What a scan of each connection would use</caption>
        <TableHead columns={['Account', 'Conversations', 'Tokens, about', 'Cost, about']} />
        <tbody>
          {estimates.map(({ integrationId, account, conversations, tokens, costUsd }) => (
            <tr key={integrationId}>
              <td class="lead-cell">{account}</td>
              <td data-label="Conversations">{formatCount(conversations)}</td>
              <td data-label="Tokens">{formatCount(tokens)}</td>
              <td data-label="Cost">{costUsd === null ? 'Not known' : formatUsd(costUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="sub">
        If all of them were classified anew. Conversations that have not changed are not paid for again.
      </p>
    </section>
  );
}

function Steps({ steps, shell }: Pick<CostsPageProps, 'steps' | 'shell'>) {
  return (
    <section class="card flush" aria-labelledby="steps-heading">
      <h2 id="steps-heading">At the daily limit</h2>
      <ul class="rows">
        {steps.map(({ day, step, integrationId, at, spentUsd, capUsd }) => (
          <li key={`${day}${integrationId}${step}`}>
            <span class="stacked">
              {STEPS[step]}
              <span class="sub">
                {formatUsd(spentUsd)} spent{capUsd !== null && ` of ${formatUsd(capUsd)}`}
              </span>
            </span>
            <Time at={at} clock={shell} exact />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ledger({ days, purposes, conversations }: CostsPageProps) {
  return (
    <>
      <SumTable
        title="By day"
        head="Day (UTC)"
        rows={days.map(({ day, sum }) => ({ key: day, name: formatDay(day), sum }))}
      />
      <SumTable
        title="By purpose, last 30 days"
        head="Purpose"
        rows={purposes.map(({ purpose, sum }) => ({ key: purpose, name: PURPOSES[purpose], sum }))}
      />
      <SumTable
        title="Dearest conversations, last 30 days"
        head="Conversation"
        rows={conversations.map(({ conversationId, sum }) => ({
          key: String(conversationId),
          name: `#${conversationId}`,
          href: conversationHref(conversationId),
          sum,
        }))}
      />
    </>
  );
}
