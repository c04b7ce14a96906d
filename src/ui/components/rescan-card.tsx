import { integrationHref } from '../links.ts';
import type { IntegrationPageProps } from '../props.ts';
import { ScanEstimatePlace } from './scan-estimate.tsx';
import { ScanPeriodFields } from './scan-period-fields.tsx';

const FORM = 'rescan-form';
const USUAL_DAYS = 90;

/** Reads conversations of a period once more; those that did not change cost a call, and nothing else. */
export function RescanCard({
  shell,
  integration,
  errors,
  usualWindowDays = USUAL_DAYS,
  sentDays,
}: IntegrationPageProps) {
  const path = integrationHref(integration.integrationId);
  return (
    <section class="card" aria-labelledby="rescan-heading">
      <h2 id="rescan-heading">Scan again</h2>
      <p class="sub">
        Changes are followed anyway. Scan again to read further back, or a period in which something may be missing;
        what did not change is not classified again.
      </p>
      <form method="post" action={`${path}/rescan`} class="form" id={FORM}>
        <input type="hidden" name="_csrf" value={shell.csrfToken} />
        <input type="hidden" name="of" value="again" />
        <ScanPeriodFields
          id="rescan"
          label="Read the chosen mailboxes’ conversations"
          usualWindowDays={usualWindowDays}
          dates
          errors={errors}
          sent={sentDays}
        />
        <ScanEstimatePlace
          id="rescan-estimate"
          action={`${path}/estimate`}
          form={FORM}
          before="Choose a period to see what it will take."
        />
        <button type="submit" class="button secondary">
          Rescan
        </button>
      </form>
    </section>
  );
}
