import type { CoverageFigures } from '../../domain/coverage.ts';
import type { Integration } from '../../domain/integration.ts';
import { StateBadge } from '../components/badges.tsx';
import { EmptyState, PageHead } from '../components/content.tsx';
import { CoverageFacts, CoverageMailboxes } from '../components/coverage-facts.tsx';
import { Page } from '../components/layout.tsx';
import { HEALTH_PATH, INTEGRATIONS_PATH } from '../links.ts';
import type { Shell } from '../props.ts';
import { Days } from './coverage-days.tsx';

/** One day of the organization. */
export interface CoverageDay extends Omit<CoverageFigures, 'hours'> {
  /** `YYYY-MM-DD`. */
  day: string;
  /** The share of what webhooks should have told that they did not; null where there was nothing to tell. */
  gapRate: number | null;
}

export interface CoverageMailbox {
  mailboxId: number;
  name: string;
  /** Help Scout's time of the newest change that was read. */
  newestChangeAt: Date | null;
  /** When it last was part of a comparison. */
  comparedAt: Date | null;
  /** Since when Help Scout does not show it; null: it does. */
  hiddenSince: Date | null;
}

export interface CoverageIntegration extends Pick<Integration, 'integrationId' | 'state'> {
  name: string;
  /** Newest first. */
  days: readonly CoverageDay[];
  mailboxes: readonly CoverageMailbox[];
  comparison: { everyMinutes: number; lastAt: Date | null; nextAt: Date | null };
  webhook: {
    active: boolean;
    problem: 'missing' | 'disabled' | 'changed' | 'unheard' | null;
    problemSince: Date | null;
    repairedAt: Date | null;
    checkedAt: Date | null;
    /** When the last delivery came. */
    lastAt: Date | null;
  };
}

/** GET /tools/integrations/coverage. */
export interface CoveragePageProps {
  shell: Shell;
  integrations: readonly CoverageIntegration[];
}

export function CoveragePage({ shell, integrations }: CoveragePageProps) {
  return (
    <Page shell={shell} title="Coverage">
      <PageHead
        title="Coverage"
        lead="Whether every conversation that changed at Help Scout was seen here, and how: told by webhooks, or found by comparing."
        back={{ href: HEALTH_PATH, text: 'Health' }}
      />
      {integrations.length === 0 && (
        <EmptyState icon="inbox" title="Help Scout is not connected">
          <p>
            Once it is (under <a href={INTEGRATIONS_PATH}>Settings › Integrations</a>), this page proves day by day that
            nothing was missed.
          </p>
        </EmptyState>
      )}
      {integrations.map((integration) => (
        <div key={integration.integrationId}>
          {integrations.length > 1 && (
            <h2>
              {integration.name} <StateBadge state={integration.state} />
            </h2>
          )}
          <div class="halves">
            <CoverageFacts integration={integration} shell={shell} />
            <CoverageMailboxes integration={integration} shell={shell} />
          </div>
          <Days integration={integration} />
        </div>
      ))}
    </Page>
  );
}
