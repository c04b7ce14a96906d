import type { Channel, DeliveryErrorCode } from '../domain/notification-channel.ts';

export const TEST_CHANNEL_WORKFLOW = 'testNotificationChannel';
export interface TestChannelInput {
  organizationId: string;
  channel: Channel;
}
/** Why it did not arrive; null: it did. */
export type TestChannelResult = { code: DeliveryErrorCode } | null;
