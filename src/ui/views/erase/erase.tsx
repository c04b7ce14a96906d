import type { Erasure } from '../../../domain/erasure.ts';
import { EmptyState, PageHead, Time } from '../../components/content.tsx';
import { Field, PostForm } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { ListCard } from '../../components/list-card.tsx';
import { ERASE_PATH } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';
import { ERASURE_STATE_TEXT } from './receipt.tsx';

/** GET and POST /settings/erase. Fields: `email`, `again`, `later` (`refuse` or `read`); or `organizationName`. */
export interface ErasePageProps {
  shell: Shell;
  erasures: readonly Erasure[];
  values?: { email: string; later: string };
  errors?: FieldErrors;
}

const LATER = [
  { value: 'refuse', text: 'is not read either' },
  { value: 'read', text: 'is read, in conversations that begin later' },
];

export function ErasePage({ shell, erasures, values = { email: '', later: 'refuse' }, errors = {} }: ErasePageProps) {
  return (
    <Page shell={shell} title="Erase data">
      <PageHead title="Erase data" lead="For good: there is no way back, and no copy is kept here." />
      <div class="columns">
        <div class="main-column">
          <section class="card" aria-labelledby="customer-heading">
            <h2 id="customer-heading">One customer</h2>
            <p class="form-text">
              Removes their conversations, insights and quotes, tickets, customer records and uploads, decisions, e-mail
              log, and the workflow histories with their address. Rows of the log stay without saying whose they were.
              Titles made from their words are made anew from what others wrote.
            </p>
            <p class="form-text">
              Help Scout keeps its own copy: erase the customer there too. What Help Scout has of them now is never read
              again. Nothing keeps your own systems, or the customer by a contact form, from sending their address anew.
            </p>
            <PostForm action={`${ERASE_PATH}/customer`} csrfToken={shell.csrfToken} class="form">
              <Field
                id="email"
                name="email"
                type="email"
                label="Customer’s e-mail"
                value={values.email}
                errors={errors}
                required
              />
              <fieldset class="choices">
                <legend>What they write later</legend>
                {LATER.map(({ value, text }) => (
                  <label key={value} class="choice" for={`later-${value}`}>
                    <input
                      id={`later-${value}`}
                      type="radio"
                      name="later"
                      value={value}
                      checked={(values.later === 'read') === (value === 'read')}
                    />
                    <span class="choice-text">{text}</span>
                  </label>
                ))}
              </fieldset>
              <Field
                id="again"
                name="again"
                label="Type the address again to confirm"
                autocomplete="off"
                errors={errors}
                required
              />
              <button type="submit" class="button danger solid">
                Erase this customer
              </button>
            </PostForm>
          </section>
          <Receipts shell={shell} erasures={erasures} />
        </div>
        <section class="card aside" aria-labelledby="organization-heading">
          <h2 id="organization-heading">The whole organization</h2>
          <p class="form-text">
            Removes everything of {shell.organizationName}: conversations, insights, reports, the log, settings,
            members, API keys, Help Scout’s access and webhook, and all workflows. Everybody is signed out at once. The
            receipt stays, at an address that you are shown next: keep it.
          </p>
          <PostForm action={`${ERASE_PATH}/organization`} csrfToken={shell.csrfToken} class="form">
            <Field
              id="organizationName"
              name="organizationName"
              label={`Type “${shell.organizationName}” to confirm`}
              autocomplete="off"
              errors={errors}
              required
            />
            <button type="submit" class="button danger solid">
              Erase the organization
            </button>
          </PostForm>
        </section>
      </div>
    </Page>
  );
}

function Receipts({ shell, erasures }: Pick<ErasePageProps, 'shell' | 'erasures'>) {
  return (
    <ListCard id="receipts" title="Receipts">
      {erasures.length === 0 ? (
        <EmptyState icon="clock" title="Nothing was erased yet">
          <p>Each erasure leaves a receipt here: what was removed, when, and who asked. Never whose it was.</p>
        </EmptyState>
      ) : (
        <ul class="rows">
          {erasures.map(({ erasureId, requestedAt, state }) => (
            <li key={erasureId}>
              <div>
                <a class="row-title" href={`/erasures/${erasureId}`}>
                  A customer, <Time at={requestedAt} clock={shell} exact />
                </a>
                <p class="sub">{ERASURE_STATE_TEXT[state]}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </ListCard>
  );
}
