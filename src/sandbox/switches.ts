/** What can be turned while the sandbox runs. Start values come from the options; a restart returns to them. */
export interface Switches {
  tokenLifetimeSeconds: number;
}
