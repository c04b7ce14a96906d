import { ClassifierUnavailable } from './classifier-unavailable.ts';

/**
 * No answer, or one that cannot be read: nobody listens, the connection was lost, or time ran out. Whether the request
 * was carried out (and is on the bill) cannot be known.
 */
export class ClassifierUnreachable extends ClassifierUnavailable {}
