// The models that the settings of the server name.
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

interface Price {
  readonly input: number;
  readonly output: number;
  readonly currency: string;
}

interface NamedModel {
  readonly name: string;
  readonly host: string;
  readonly model: string;
  readonly has_key: boolean;
  readonly price_per_million: Price | null;
}

interface Models {
  readonly models: readonly NamedModel[];
  /** Where any other name is looked for; null: nowhere. */
  readonly default_host: string | null;
}

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => ask<Models>('/models', { signal }),
});
