// Instructions to the model where only data should be: in descriptions of tools, their results, fetched documents.
import { overrideCues } from '../override-cues.ts';
import { type Detector, nothingDetected } from './detector.ts';

interface Sign {
  readonly kind: string;
  readonly says: RegExp;
  readonly weight: number;
}

// biome-ignore format: one line a sign
const signs: readonly Sign[] = [
  { kind: 'SECRECY', says: /\b(?:do not|don't|never|without)\b.{0,20}\b(?:tell|mention|inform|notify|show|reveal|alert|telling|mentioning|informing)\b.{0,30}\b(?:the )?(?:user|human|customer|anyone|him|them)\b/is, weight: 0.7 },
  { kind: 'BEFORE_USE', says: /\bbefore (?:using|calling|invoking|running|you (?:use|call))\b.{0,40}\b(?:tool|function|this|any)\b.{0,80}\b(?:read|send|call|fetch|include|pass|must|first)\b/is, weight: 0.5 },
  { kind: 'CREDENTIAL_FILE', says: /(?:~|\/home\/\w+|\$HOME)?\/?\.(?:ssh|aws|gnupg|kube|npmrc|netrc|env|git-credentials|cursor\/mcp\.json)\b|\bid_(?:rsa|ed25519)\b|\/etc\/(?:passwd|shadow)\b/i, weight: 0.5 },
  { kind: 'SEND_OUT', says: /\b(?:send|forward|post|upload|e-?mail|exfiltrate|transmit|append|include)\b.{0,60}\b(?:conversation|chat history|system prompt|credentials?|api keys?|passwords?|tokens?|secrets?|contents?)\b.{0,60}\b(?:to|as|in|into|via)\b/is, weight: 0.5 },
  { kind: 'ADDRESSES_MODEL', says: /\b(?:AI|assistant|language model|LLM|agent|chatbot|model)s?\b.{0,20}\b(?:must|should|shall|needs? to|are (?:required|instructed) to|has to|have to)\b/is, weight: 0.35 },
  { kind: 'URGENT_MARK', says: /<(?:important|critical|system|instructions?|secret|hidden)>(?=.{0,300}\b(?:assistant|AI|LLM|language model|agent|this tool|tools|the user|conversation|your (?:answer|reply|response|instructions))\b)(?=.{0,300}\b(?:must|always|never|do not|don't|should|ignore|instead|before|call|send|read|include|answer)\b)|\b(?:IMPORTANT|CRITICAL|ATTENTION)\b\s*[:!].{0,60}\b(?:you|assistant|model|AI)\b/is, weight: 0.4 },
  { kind: 'HIDDEN_COMMENT', says: /<!--.{0,200}\b(?:you|assistant|instructions?|ignore|must)\b.{0,400}-->|(?:display:\s*none|font-size:\s*0|color:\s*(?:white|#fff)).{0,200}\b(?:ignore|instruction|assistant|you must)\b/is, weight: 0.5 },
  { kind: 'SHADOWING', says: /\b(?:instead of|rather than|replaces?|overrides?)\b.{0,40}\b(?:other|the original|any other|all other)\b.{0,20}\btools?\b|\bwhenever\b.{0,40}\btool\b.{0,40}\bis (?:called|used|available)\b/is, weight: 0.5 },
];

export const toolPoisoning: Detector = {
  id: 'tool-poisoning',
  title: 'Poisoned tools and documents',
  summary: 'Finds instructions to the model in descriptions and results of tools and in fetched documents.',
  version: 2,
  cost: 'rules',
  experimental: true,
  reads: 'forms',
  asks: 'message',
  threshold: 0.6,
  reference: null,
  open: () => ({
    detect(text) {
      const found = signs.filter(({ says }) => says.test(text));
      const cues = overrideCues(text);
      if (found.length === 0 && cues === 0) return nothingDetected;
      const score = 1 - found.reduce((unlikely, { weight }) => unlikely * (1 - weight), 1 - cues);
      return { score, labels: [{ label: 'TOOL_POISONING', score }], spans: [] };
    },
  }),
};
