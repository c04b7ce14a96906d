import { CUSTOMER_STATES, type CustomerRecord, type CustomerState } from '../../../domain/customer-record.ts';
import { hasRole } from '../../../domain/roles.ts';
import { EmptyCard, PageHead, Time } from '../../components/content.tsx';
import { CUSTOMER_STATE_TEXT, CustomerStateBadge } from '../../components/customer-state.tsx';
import { FilterSearch, FilterSelect } from '../../components/filter-fields.tsx';
import { FilterForm } from '../../components/filter-form.tsx';
import { Field } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { PageLinks } from '../../components/pager.tsx';
import { TableHead } from '../../components/table.tsx';
import { formatCount, plural } from '../../format.ts';
import { CUSTOMER_IMPORTS_PATH, CUSTOMERS_PATH, customerHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** GET /customers. Query: `q` (how an address begins), `state`, `after` (cursor). */
export interface CustomersPageProps {
  shell: Shell;
  filter: { q: string; state: CustomerState | null; after: string | null };
  rows: readonly CustomerRecord[];
  next: string | null;
  counts: Readonly<Record<CustomerState, number>>;
}

export function CustomersPage({ shell, filter, rows, next, counts }: CustomersPageProps) {
  const total = CUSTOMER_STATES.reduce((sum, state) => sum + counts[state], 0);
  const isAdministrator = hasRole(shell.member.role, 'administrator');
  return (
    <Page shell={shell} title="Customers">
      <PageHead
        title="Customers"
        lead="Whom your own systems know, and how far Help Scout has it."
        actions={
          isAdministrator && (
            <a class="button secondary" href={CUSTOMER_IMPORTS_PATH}>
              Upload customers
            </a>
          )
        }
      />
      {total === 0 && filter.q === '' ? (
        <EmptyCard icon="inbox" title="No customers yet">
          <p>
            Send them with <code>PUT /api/v1/customers/{'{id}'}</code>, or upload a CSV file. People who only wrote have
            a page too: follow their address from a conversation, or search for it here.
          </p>
          {isAdministrator && (
            <p class="empty-actions">
              <a class="button primary" href={CUSTOMER_IMPORTS_PATH}>
                Upload customers
              </a>
            </p>
          )}
          <form class="customer-search" method="get" action={CUSTOMERS_PATH}>
            <Field id="first-search" name="q" label="E-mail address" type="search" autocomplete="off" />
            <button type="submit" class="button secondary">
              Search
            </button>
          </form>
        </EmptyCard>
      ) : (
        <>
          <FilterForm action={CUSTOMERS_PATH} target="customers" label="Filter the customers">
            <FilterSearch name="q" label="E-mail address begins with" value={filter.q} placeholder="ada@" />
            <FilterSelect
              name="state"
              label="State"
              value={filter.state}
              any={`All (${formatCount(total)})`}
              options={CUSTOMER_STATES.map((state) => ({
                value: state,
                text: `${CUSTOMER_STATE_TEXT[state]} (${formatCount(counts[state])})`,
              }))}
            />
          </FilterForm>
          <div id="customers" class="results">
            <Rows rows={rows} shell={shell} filter={filter} />
            <PageLinks
              links={[
                filter.after ? { href: withQuery(CUSTOMERS_PATH, { ...filter, after: null }), text: 'First' } : null,
                next ? { href: withQuery(CUSTOMERS_PATH, { ...filter, after: next }), text: 'Next' } : null,
              ]}
            />
          </div>
        </>
      )}
    </Page>
  );
}

function Rows({ rows, shell, filter }: Pick<CustomersPageProps, 'rows' | 'shell' | 'filter'>) {
  if (rows.length === 0) {
    const isAddress = filter.q.includes('@');
    return (
      <EmptyCard icon="search" title="Nobody matches">
        <p>The search finds how an address begins.</p>
        <p class="empty-actions">
          {isAddress && (
            <a class="button secondary" href={customerHref(filter.q)}>
              Look among those who only wrote
            </a>
          )}
          <a class="button secondary" href={CUSTOMERS_PATH}>
            Clear filters
          </a>
        </p>
      </EmptyCard>
    );
  }
  return (
    <section class="card flush" aria-label="Customers">
      <table class="stack">
        <caption class="visually-hidden">{plural(rows.length, 'customer')}, by e-mail address</caption>
        <TableHead columns={['Customer', 'Your id', 'State', 'Last sync']} />
        <tbody>
          {rows.map(({ externalId, fields, state, syncedAt }) => (
            <tr key={externalId}>
              <td class="lead-cell">
                <a class="row-title ellipsis" href={customerHref(fields.email)}>
                  {fields.email}
                </a>
                <span class="sub ellipsis">{[fields.firstName, fields.lastName].filter(Boolean).join(' ')}</span>
              </td>
              <td data-label="Your id">
                <span class="ellipsis">{externalId}</span>
              </td>
              <td>
                <CustomerStateBadge state={state} />
              </td>
              <td data-label="Last sync" class="nowrap">
                {syncedAt ? <Time at={syncedAt} clock={shell} /> : <span class="sub">Never</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
