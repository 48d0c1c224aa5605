// The presets as data: which attacks run, on how many cases of a dataset, beside how many benign twins.

export interface Preset {
  readonly id: PresetId;
  readonly summary: string;
  /** Attacks as a caller would name them, with parameters where they differ from the default: "flip:mode=FWO". */
  readonly attacks: readonly string[];
  /** Cases of each dataset, drawn by the seed; null: all. */
  readonly casesPerDataset: number | null;
  readonly twins: number;
}

export const presetIds = ['direct', 'quick', 'standard', 'deep'] as const;
export type PresetId = (typeof presetIds)[number];

const quickAttacks = ['direct', 'prefix-injection', 'persona', 'encoding:codec=base64'];

/** The curated set: what needs no helper model, one call each, and reaches models in different ways. */
const standardAttacks = [
  'direct',
  'prefix-injection',
  'refusal-suppression',
  'persona',
  'encoding:codec=base64',
  'encoding:codec=rot13',
  'encoding:codec=leetspeak',
  'low-resource',
  'payload-splitting',
  'nested-fiction',
  'indirect-injection:carrier=document',
  'indirect-injection:carrier=tool',
  'system-prompt-extraction',
];

/** Left out: codes that hardly any model reads (Ascii85, uuencode), or that leave most requests readable (URL, quoted-printable). */
const deepAttacks = [
  ...standardAttacks,
  'role-play',
  'past-tense',
  'many-shot',
  'skeleton-key',
  'bad-likert-judge',
  'indirect-injection:carrier=email',
  'indirect-injection:carrier=web',
  ...['base32', 'hex', 'binary', 'ascii', 'atbash', 'caesar', 'morse', 'nato', 'braille'].map(
    (codec) => `encoding:codec=${codec}`,
  ),
  'encoding:codec=base64,wrap=true',
  'encoding:codec=rot13,wrap=true',
  ...['reverse', 'odd-even', 'length', 'binary-tree'].map((mode) => `code-chameleon:mode=${mode}`),
  'low-resource:language=gd',
  'low-resource:language=zu',
  'flip',
  'flip:mode=FWO',
  'flip:mode=FCW',
  'flip:mode=FMM',
  'flip:mode=FCS,langgpt=true,fewshot=true',
  ...['aigy-paigy', 'ubbi-dubbi', 'pig-latin', 'leet', 'self-insert'].map((game) => `language-game:game=${game}`),
  'humor',
  'emoji',
  'dark-cite',
  'bijection',
  'bon',
  ...['crescendo', 'pap', 'goat', 'pair', 'tap'],
];

export const presets: Readonly<Record<PresetId, Preset>> = {
  direct: { id: 'direct', summary: 'The plain requests alone.', attacks: ['direct'], casesPerDataset: null, twins: 0 },
  quick: {
    id: 'quick',
    summary: 'A sample of 10 cases of each dataset.',
    attacks: quickAttacks,
    casesPerDataset: 10,
    twins: 15,
  },
  standard: {
    id: 'standard',
    summary: 'All cases under the curated set of attacks.',
    attacks: standardAttacks,
    casesPerDataset: null,
    twins: 60,
  },
  deep: {
    id: 'deep',
    summary: 'All cases under every attack that can run.',
    attacks: deepAttacks,
    casesPerDataset: null,
    twins: 60,
  },
};

export const DEFAULT_PRESET: PresetId = 'standard';
