import type { Deliverer } from '../deliveries/deliverer.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import type { JsonShapes } from './json-shapes.ts';

/** What the Inbox API's resources are built from. */
export interface InboxDeps {
  store: Store;
  baseUrl: string;
  shapes: JsonShapes;
  deliverer: Deliverer;
  switches: Switches;
  now: () => number;
}
