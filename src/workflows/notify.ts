import { messenger } from './activity-profiles.ts';
import type { TestChannelInput, TestChannelResult } from './contract.ts';

/** Sends waiting notifications to where organizations want them. Runs by schedule. */
export const deliverNotifications = (): Promise<void> => messenger.deliverNotifications();

/** Tries one channel while a person waits. */
export const testNotificationChannel = (asked: TestChannelInput): Promise<TestChannelResult> =>
  messenger.testNotificationChannel(asked);
