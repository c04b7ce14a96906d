import { ClassifierError } from './classifier-error.ts';

/** The key is missing, wrong, without credit or without access to the model (401, 402, 403). Asking again does not help. */
export class ClassifierUnauthorized extends ClassifierError {
  constructor(status: number, requestId: string | null = null) {
    super('The classifier does not accept the key, or the key may not use this model.', { status, requestId });
  }
}
