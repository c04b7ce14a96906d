import { ClassifierError } from './classifier-error.ts';

/** The request itself was refused (any other 4xx: an unknown model, too large). The same request will be refused again. */
export class ClassifierRejected extends ClassifierError {
  constructor(status: number, requestId: string | null = null) {
    super('The classifier refused the request; check the configured model.', { status, requestId });
  }
}
