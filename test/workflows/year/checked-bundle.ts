import { fileURLToPath } from 'node:url';
import { workflowBundle } from '../../support/time-skipping.ts';

/** The workflow code of this repository, in which a state that would change on its way to the next run fails. */
export const checkedBundle = () => workflowBundle([fileURLToPath(new URL('./plain-state.ts', import.meta.url))]);
