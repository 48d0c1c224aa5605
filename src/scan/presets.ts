// The presets as data: which attacks run, on how many cases of a dataset, beside how many benign twins.

export interface Preset {
  readonly id: PresetId;
  readonly summary: string;
  /** Attack ids; those named here must exist. */
  readonly attacks: readonly string[];
  /** Cases of each dataset, drawn by the seed; null: all. */
  readonly casesPerDataset: number | null;
  readonly twins: number;
}

export const presetIds = ['direct', 'quick', 'standard', 'deep'] as const;
export type PresetId = (typeof presetIds)[number];

export const presets: Readonly<Record<PresetId, Preset>> = {
  direct: { id: 'direct', summary: 'The plain requests alone.', attacks: ['direct'], casesPerDataset: null, twins: 0 },
  quick: {
    id: 'quick',
    summary: 'A sample of 10 cases of each dataset.',
    attacks: ['direct'],
    casesPerDataset: 10,
    twins: 15,
  },
  standard: {
    id: 'standard',
    summary: 'All cases under the curated set of attacks.',
    attacks: ['direct'],
    casesPerDataset: null,
    twins: 60,
  },
  deep: {
    id: 'deep',
    summary: 'All cases under every attack that can run.',
    attacks: ['direct'],
    casesPerDataset: null,
    twins: 60,
  },
};

export const DEFAULT_PRESET: PresetId = 'standard';
