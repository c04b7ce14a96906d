/** One event on its way to one webhook. */
export interface Delivery {
  webhookId: number;
  event: string;
  resourceId: number;
  /** The bytes to sign and send. */
  body: string;
}
