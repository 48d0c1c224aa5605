// The transformers of the injection detector: each reads what it knows, and is opened for the first text that it reads.
import { fileURLToPath } from 'node:url';
import { type Encoder, openEncoder } from '../inference/encoder.ts';
import { type EncoderReader, englishReader, multilingualReader } from '../inference/encoder-reader.ts';
import { hasOnnxRuntime } from '../inference/onnx-runtime.ts';

const models = fileURLToPath(new URL('../../data/models/', import.meta.url));

/** Asked in this order: English first, which knows its language better. */
export const encoderNames = ['english', 'multilingual'] as const;
export type EncoderName = (typeof encoderNames)[number];

export interface EncoderFiles {
  readonly weights: string;
  readonly vocabulary: string;
  readonly reader: (vocabularyPath: string) => EncoderReader;
}

export const encoderFiles: Record<EncoderName, EncoderFiles> = {
  english: {
    weights: `${models}modern-guard/encoder.onnx`,
    vocabulary: `${models}all-minilm-l6-v2/vocab.txt`,
    reader: englishReader,
  },
  multilingual: {
    weights: `${models}modern-guard/multilingual.onnx`,
    vocabulary: `${models}modern-guard/multilingual-vocab.txt`,
    reader: multilingualReader,
  },
};

/** Log-odds of being an attack, and whose they are: those of two transformers do not compare. */
export interface Answer {
  readonly by: EncoderName;
  readonly logit: number;
}

export interface Encoders {
  /** In the order of the texts; null for a text that none of them can read. */
  ask(texts: readonly string[]): Promise<(Answer | null)[]>;
}

/** The first of the readers that can read the text, and what its encoder is given. */
function readerOf(readers: Record<EncoderName, EncoderReader>) {
  return (text: string): { readonly by: EncoderName; readonly row: number[] } | null => {
    for (const by of encoderNames) {
      const row = readers[by].row(text);
      if (row !== null) return { by, row };
    }
    return null;
  };
}

/** Null where the optional ONNX runtime is not installed. */
export async function openEncoders(): Promise<Encoders | null> {
  if (!(await hasOnnxRuntime())) return null;
  const { english, multilingual } = encoderFiles;
  const readers = {
    english: english.reader(english.vocabulary),
    multilingual: multilingual.reader(multilingual.vocabulary),
  };
  const read = readerOf(readers);
  const opened = new Map<EncoderName, Promise<Encoder>>();
  const open = (name: EncoderName): Promise<Encoder> => {
    const encoder = opened.get(name) ?? openEncoder(encoderFiles[name].weights, readers[name].padding);
    opened.set(name, encoder);
    return encoder;
  };

  async function ask(texts: readonly string[]): Promise<(Answer | null)[]> {
    const readings = texts.map(read);
    const answers: (Answer | null)[] = texts.map(() => null);
    for (const by of encoderNames) {
      const places = readings.flatMap((reading, place) => (reading?.by === by ? [place] : []));
      if (places.length === 0) continue;
      const logits = await (await open(by)).logits(places.map((place) => readings[place]!.row));
      for (const [index, place] of places.entries()) answers[place] = { by, logit: logits[index]! };
    }
    return answers;
  }

  return { ask };
}
