import type { WebhookRepair } from '../activities/webhook-watch.ts';

const WEBHOOK_WAS: Record<WebhookRepair['found'], string> = {
  missing: 'Our webhook was not at Help Scout any more',
  disabled: 'Help Scout had switched our webhook off',
  changed: 'Our webhook had been changed at Help Scout',
  unheard: 'Nothing came from our webhook though conversations changed',
};

/** What was done about a webhook that was not as it should be, for the log. */
export const webhookRepairLine = ({ outcome, found }: WebhookRepair) =>
  `${WEBHOOK_WAS[found]}; ${outcome === 'repaired' ? 'it was put back' : 'it could not be put back'}`;
