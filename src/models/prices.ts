// What models cost, as the settings say: nothing is known of a price that nobody wrote down.

/** What a million tokens cost. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  readonly currency: string;
}

/** The price of a model at an address; null where the settings name none. */
export type PriceOf = (url: string, model: string) => ModelPrice | null;

interface PriceSettings {
  /** By what the endpoint calls the model, wherever it is. */
  readonly prices: Readonly<Record<string, ModelPrice>>;
  /** By the name that callers use; `model` null where the endpoint calls it the same. */
  readonly models: Readonly<
    Record<
      string,
      {
        readonly base_url: string;
        readonly model: string | null;
        readonly price_per_million?: ModelPrice | undefined;
      }
    >
  >;
}

/** The price of a model that is set up at the very address comes before that of its bare name. */
export function priceList({ prices, models }: PriceSettings): PriceOf {
  const hostOf = (url: string): string => new URL(url).host;
  return (url, model) => {
    const set = Object.entries(models).find(
      ([name, each]) =>
        each.price_per_million !== undefined && (each.model ?? name) === model && hostOf(each.base_url) === hostOf(url),
    );
    return set?.[1].price_per_million ?? (Object.hasOwn(prices, model) ? prices[model]! : null);
  };
}
