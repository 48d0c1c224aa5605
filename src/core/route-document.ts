// What is said of a route in the OpenAPI document where its handler reads the request by itself, as dialects do: their
// answers to a wrong request are not those of a schema.
import type { ZodType } from 'zod';

/** An answer that is no JSON. */
export interface FileAnswer {
  readonly description: string;
  readonly types: readonly string[];
}

export type KeyPlace = 'bearer' | 'header' | 'either' | 'none';

export interface RouteDocument {
  readonly operationId: string;
  readonly summary: string;
  readonly tag: string;
  readonly description?: string;
  readonly params?: ZodType;
  readonly query?: ZodType;
  readonly body?: ZodType;
  /** What else than JSON the body may come as. */
  readonly bodyTypes?: readonly string[];
  /** By status; `problem` for all others. */
  readonly answers: Readonly<Record<number, ZodType | FileAnswer>>;
  readonly problem?: ZodType;
  /** Where the key stands; left out: either header. */
  readonly key?: KeyPlace;
}
