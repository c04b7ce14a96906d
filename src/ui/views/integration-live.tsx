import type { IntegrationProgressProps } from '../props.ts';
import { IntegrationCards } from './integration-cards.tsx';
import { IntegrationHead } from './integration-head.tsx';
import { IntegrationProgress } from './integration-progress.tsx';

interface IntegrationLiveProps extends IntegrationProgressProps {
  /** The state that the page shows, in which forms may be half filled in. */
  shown: string;
  usualWindowDays: number;
}

/** What a page that is looked at is told: its progress and its head, and its forms when the state has changed. */
export function IntegrationLive({ shown, ...props }: IntegrationLiveProps) {
  return (
    <>
      <IntegrationProgress {...props} />
      <IntegrationHead {...props} replaces />
      {shown !== props.integration.state && <IntegrationCards {...props} temporalUrl={null} replaces />}
    </>
  );
}
