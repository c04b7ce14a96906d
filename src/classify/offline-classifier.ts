import { CATEGORIES } from '../domain/category.ts';
import type { Evidence } from '../domain/insight.ts';
import { beginningOf } from './beginning-of.ts';
import { type Classification, type Classifier, type ClassifyInput, isFromCustomer } from './classifier.ts';
import { conversationText } from './conversation-text.ts';
import { READING } from './features.ts';
import { type LinearModel, softmax, textScores } from './linear-model.ts';
import { liftOf, type OrganizationWeights } from './organization-model.ts';
import { productAreaOf } from './product-area.ts';
import { sentences } from './sentences.ts';
import { severityOf } from './severity.ts';
import { decodeModel } from './weights.ts';

const MOST_QUOTES = 3;
/** A sentence is quoted beside the strongest one when it speaks for the category at least this much as strongly. */
const QUOTE_SHARE = 0.5;
/** Sentences looked at; what follows in a very long mail is a log. */
const MOST_SENTENCES = 40;
/** Customers say early what they want: the further down a sentence stands, the less it counts. */
const PLACE_DISCOUNT = 0.1;
/** Shorter sentences ("It fails!") say little: they count less the shorter they are. */
const TELLING_WORDS = 8;
const SUMMARY_LENGTH = 160;
/** A longer "sentence" is text without marks; its beginning is quoted. */
const QUOTE_LENGTH = 400;

type Probabilities = (text: string) => number[];

/**
 * A classifier that needs no network: the shipped linear model, with what an organization taught on top where it did. It
 * reads the subject and the customer threads, nothing else, and always answers the same. `empty` when no customer wrote
 * any text. Throws no ClassifierError.
 */
export function createOfflineClassifier(weights: OrganizationWeights): Classifier {
  const model = decodeModel(weights);
  const { temperature, organization } = weights;
  const lift = organization ? liftOf(model, organization) : () => [];
  const probabilities: Probabilities = (text) => {
    const lifts = lift(text);
    return softmax(textScores(model, text).map((score, label) => score / temperature + (lifts[label] ?? 0)));
  };
  return {
    identity: { kind: 'offline', model: weights.model },
    promptVersion: READING,
    async classify(input, { signal } = {}) {
      signal?.throwIfAborted();
      return classifyOffline(model, probabilities, input);
    },
  };
}

function classifyOffline(model: LinearModel, probabilitiesOf: Probabilities, input: ClassifyInput): Classification {
  const threads = input.threads.filter(isFromCustomer);
  const text = conversationText(
    input.subject,
    threads.map((thread) => thread.text),
  );
  if (threads.length === 0 || text === '') {
    return { kind: 'empty', reason: 'No customer wrote any text.', rawAnswer: '', requestId: null, tokens: null };
  }
  const probabilities = probabilitiesOf(text);
  const { category, label, confidence } = CATEGORIES.map((category, label) => ({
    category,
    label,
    confidence: probabilities[label] ?? 0,
  })).reduce((best, candidate) => (candidate.confidence > best.confidence ? candidate : best));
  const telling = tellingSentences(model, label, threads);
  return {
    kind: 'classified',
    category,
    confidence,
    summary: shortened(telling[0]?.quote ?? input.subject),
    productArea: productAreaOf(text, input.taxonomy.productAreas),
    severity: category === 'bug' ? severityOf(text) : null,
    evidence: telling,
    documentation: null,
    further: [],
    rawAnswer: JSON.stringify(probabilities),
    requestId: null,
    tokens: null,
  };
}

/** The sentences that speak most for a category, the strongest first. */
function tellingSentences(model: LinearModel, label: number, threads: ClassifyInput['threads']): Evidence[] {
  const found = threads
    .flatMap(({ threadId, text }) =>
      sentences(text).map(({ start, end }) => {
        const quote = beginningOf(text.slice(start, end), QUOTE_LENGTH).trimEnd();
        return { threadId, start, end: start + quote.length, quote };
      }),
    )
    .slice(0, MOST_SENTENCES)
    .map((evidence, place) => ({
      evidence,
      strength: strengthFor(model, label, evidence.quote) / (1 + PLACE_DISCOUNT * place),
    }))
    .sort((left, right) => right.strength - left.strength);
  const strongest = found[0]?.strength ?? 0;
  return found
    .filter(({ strength }, rank) => rank === 0 || (strength > 0 && strength >= strongest * QUOTE_SHARE))
    .slice(0, MOST_QUOTES)
    .map(({ evidence }) => evidence);
}

/** How far a sentence alone lifts the category above the mean of all; the bias, which no sentence earned, is left out. */
function strengthFor(model: LinearModel, label: number, sentence: string): number {
  const lifted = textScores(model, sentence).map((score, index) => score - (model.bias[index] ?? 0));
  const mean = lifted.reduce((sum, score) => sum + score, 0) / lifted.length;
  const words = sentence.split(/\s+/).length;
  return ((lifted[label] ?? 0) - mean) * Math.min(1, Math.sqrt(words / TELLING_WORDS));
}

/** On one line, cut after the last whole word that fits. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= SUMMARY_LENGTH) return line;
  const cut = beginningOf(line, SUMMARY_LENGTH);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > 0 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:.-]+$/, '')}…`;
}
