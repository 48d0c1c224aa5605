// Models by name, as the settings set them up: for the gateway, and for whoever names a model alone.
import type { ModelPrice } from './prices.ts';

/** A model that the settings name, or any model of the default endpoint. */
export interface NamedModel {
  /** Base URL, up to and without "/chat/completions". */
  readonly url: string;
  readonly apiKey: string | null;
  /** What the endpoint calls the model. */
  readonly model: string;
  readonly price: ModelPrice | null;
}

interface ModelSettings {
  readonly base_url: string;
  readonly api_key: string | null;
  readonly model: string | null;
  readonly price_per_million?: ModelPrice | undefined;
}

export interface NamedModels {
  /** Names under which models are set up. */
  readonly names: readonly string[];
  /** Null where the name is not set up and there is no default endpoint. */
  find(name: string): NamedModel | null;
  /** Null where no default endpoint is set up. */
  default(): NamedModel | null;
}

export interface NamedModelSettings {
  /** By the name that callers use; `model` null where the endpoint calls it the same. */
  readonly models: Readonly<Record<string, ModelSettings>>;
  /** The endpoint of all other names. */
  readonly openai: { readonly base_url: string | null; readonly api_key: string | null };
}

export function namedModels({ models, openai }: NamedModelSettings): NamedModels {
  const ofDefault = (model: string): NamedModel | null =>
    openai.base_url === null ? null : { url: openai.base_url, apiKey: openai.api_key, model, price: null };
  return {
    names: Object.keys(models),
    find(name) {
      const set = Object.hasOwn(models, name) ? models[name] : undefined;
      if (set === undefined) return ofDefault(name);
      const { base_url: url, api_key: apiKey, model, price_per_million: price = null } = set;
      return { url, apiKey, model: model ?? name, price };
    },
    default: () => ofDefault(''),
  };
}
