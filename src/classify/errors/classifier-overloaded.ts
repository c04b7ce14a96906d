import { ClassifierUnavailable } from './classifier-unavailable.ts';

/** The provider has too much to do for everybody (529): waits are longer than after an error of its own. */
export class ClassifierOverloaded extends ClassifierUnavailable {}
