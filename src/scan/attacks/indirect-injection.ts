// Indirect injection (Greshake et al., 2302.12173): the request stands in what the model is given to read, not in what it
// is asked. Carriers and the ways an injection passes itself off are data.
import { z } from 'zod';
import type { Random } from '../../core/random.ts';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { DRAWN, fill, promptFile } from './prompt-file.ts';

const carriers = ['document', 'email', 'web', 'tool'] as const;
const positions = ['start', 'middle', 'end'] as const;
const markers = ['plain', 'system', 'comment', 'urgent', 'ended'] as const;

const carrierSchema = z.strictObject({ task: z.string(), title: z.string(), paragraphs: z.array(z.string()).min(2) });

const words = promptFile(
  'carriers',
  z.strictObject({
    carriers: z.record(z.enum(carriers), z.array(carrierSchema).min(1)),
    markers: z.record(z.enum(markers), z.string()),
  }),
);

const parameters = z.strictObject({
  /** What the model is given to read. */
  carrier: z.enum(carriers).default('document'),
  /** Where in it the request stands. */
  position: z.enum([DRAWN, ...positions]).default(DRAWN),
  /** What the request passes itself off as. */
  marker: z.enum([DRAWN, ...markers]).default(DRAWN),
});
type InjectionParameters = z.infer<typeof parameters>;

const pick = <Item>(items: readonly Item[], random: Random): Item => items[random.below(items.length)]!;

const places: Readonly<Record<(typeof positions)[number], (length: number) => number>> = {
  start: () => 0,
  middle: (length) => Math.floor(length / 2),
  end: (length) => length,
};

function injected(request: string, { carrier, position, marker }: InjectionParameters, random: Random): string {
  const { task, title, paragraphs } = pick(words().carriers[carrier], random);
  const wording = words().markers[marker === DRAWN ? pick(markers, random) : marker];
  const at = places[position === DRAWN ? pick(positions, random) : position](paragraphs.length);
  const text = [...paragraphs.slice(0, at), fill(wording, { request }), ...paragraphs.slice(at)].join('\n\n');
  return `${task}\n\n[${title}]\n${text}\n[end of ${title}]`;
}

export const indirectInjection: Attack<InjectionParameters> = {
  id: 'indirect-injection',
  title: 'Indirect Injection',
  summary: 'Hides the request in a document, e-mail, web page or tool output that the model is asked to work on.',
  paper: 'https://arxiv.org/abs/2302.12173',
  family: 'injection',
  fidelity: 'structural',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  shortNames: new Map(carriers.map((carrier) => [`indirect-${carrier}`, `carrier=${carrier}`])),
  conversations: (testCase, chosen, random) => [openingWith(testCase, injected(requestOf(testCase), chosen, random))],
};
