// Takes the parts that are wanted out of one large JSON document, each parsed by itself, while the document streams by:
// a log of a gigabyte needs no more memory than its largest sample.

import { jsonValue } from './json-value.ts';

/** A part: where it begins (line counted from 1), its place in the document, and its value or what is wrong with it. */
export interface JsonPart {
  readonly line: number;
  /** Keys and numbers of elements from the root, e.g. "results.results.12". */
  readonly path: string;
  /** The pattern that asked for it. */
  readonly pattern: string;
  readonly parsed: { readonly value: unknown } | { readonly problem: string };
}

interface Container {
  readonly isArray: boolean;
  /** The key that was read last, or the number of the element. */
  at: string;
  index: number;
  awaitsKey: boolean;
}

interface Capture {
  readonly path: string;
  readonly pattern: string;
  readonly line: number;
  readonly depth: number;
  text: string;
}

const WHITESPACE = /\s/;

class Scanner {
  private readonly patterns: readonly (readonly string[])[];
  private readonly stack: Container[] = [];
  private readonly found: JsonPart[] = [];
  private capture: Capture | null = null;
  private captureFrom = 0;
  private line = 1;
  private inString = false;
  private escaped = false;
  private inScalar = false;
  private isKey = false;
  private key = '';

  constructor(patterns: readonly string[]) {
    this.patterns = patterns.map((pattern) => pattern.split('.'));
  }

  /** Reads on, and gives the parts that ended in this piece. */
  feed(chunk: string): JsonPart[] {
    this.captureFrom = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.inString) at = this.readString(chunk, at);
      else this.readStructure(chunk, at);
    }
    if (this.capture !== null) this.capture.text += chunk.slice(this.captureFrom);
    return this.found.splice(0);
  }

  /** What is wrong at the end; null where the document is whole. */
  end(): { readonly line: number; readonly problem: string } | null {
    if (this.stack.length === 0 && !this.inString) return null;
    return { line: this.line, problem: 'the file ends in the middle of the document' };
  }

  /** From inside a string to its end or that of the piece; gives the last place that was read. */
  private readString(chunk: string, start: number): number {
    let at = start;
    for (; at < chunk.length; at++) {
      const character = chunk[at]!;
      if (this.escaped) this.escaped = false;
      else if (character === '\\') this.escaped = true;
      else if (character === '"') break;
      if (this.isKey) this.key += character;
    }
    if (at === chunk.length) return at;
    this.inString = false;
    if (!this.isKey) this.valueEnds(chunk, at + 1);
    else this.keyEnds();
    return at;
  }

  private readStructure(chunk: string, at: number): void {
    const character = chunk[at]!;
    if (character === '\n') this.line += 1;
    if (WHITESPACE.test(character) || ',:}]'.includes(character)) this.scalarEnds(chunk, at);
    if (character === '"') this.stringBegins(at);
    else if (character === '{' || character === '[') {
      this.valueBegins(at);
      this.stack.push({ isArray: character === '[', at: '', index: 0, awaitsKey: character === '{' });
    } else if (character === '}' || character === ']') {
      this.stack.pop();
      this.valueEnds(chunk, at + 1);
    } else if (character === ',' || character === ':') this.separate(character);
    else if (!WHITESPACE.test(character) && !this.inScalar) {
      this.valueBegins(at);
      this.inScalar = true;
    }
  }

  private stringBegins(at: number): void {
    this.isKey = this.stack.at(-1)?.awaitsKey ?? false;
    this.key = '';
    if (!this.isKey) this.valueBegins(at);
    this.inString = true;
  }

  private keyEnds(): void {
    this.isKey = false;
    const container = this.stack.at(-1);
    const read = jsonValue(`"${this.key}"`);
    if (container !== undefined) container.at = 'value' in read ? String(read.value) : this.key;
  }

  private separate(character: ',' | ':'): void {
    const container = this.stack.at(-1);
    if (container === undefined) return;
    container.awaitsKey = character === ',' && !container.isArray;
    if (character === ',') container.index += 1;
  }

  private scalarEnds(chunk: string, at: number): void {
    if (!this.inScalar) return;
    this.inScalar = false;
    this.valueEnds(chunk, at);
  }

  private valueBegins(at: number): void {
    if (this.capture !== null) return;
    const path = this.stack.map(({ isArray, at: key, index }) => (isArray ? String(index) : key));
    const pattern = this.patterns.find(
      (names) => names.length === path.length && names.every((name, depth) => name === path[depth] || name === '*'),
    );
    if (pattern === undefined) return;
    const depth = this.stack.length;
    this.capture = { path: path.join('.'), pattern: pattern.join('.'), line: this.line, depth, text: '' };
    this.captureFrom = at;
  }

  private valueEnds(chunk: string, end: number): void {
    if (this.capture === null || this.stack.length !== this.capture.depth) return;
    const { text, path, pattern, line } = this.capture;
    this.found.push({ path, pattern, line, parsed: jsonValue(text + chunk.slice(this.captureFrom, end), line) });
    this.capture = null;
  }
}

/**
 * The values at the given places, in the order of the document. A pattern names keys from the root; "*" stands for any
 * key or element: "version", "results.results.*". What lies inside a part that is wanted is not looked at again. A
 * document that is cut off ends with a part of pattern "" that says so.
 */
export async function* jsonParts(chunks: AsyncIterable<string>, patterns: readonly string[]): AsyncGenerator<JsonPart> {
  const scanner = new Scanner(patterns);
  for await (const chunk of chunks) yield* scanner.feed(chunk);
  const end = scanner.end();
  if (end !== null) yield { line: end.line, path: '', pattern: '', parsed: { problem: end.problem } };
}
