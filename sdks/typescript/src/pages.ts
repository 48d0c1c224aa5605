// Lists that come in pages, as one sequence: the next page is asked for when it is needed.

/** `load` gives a page and the cursor of the next one; null after the last. */
export async function* inPages<Item, Cursor>(
  load: (cursor: Cursor | undefined) => Promise<{ readonly items: readonly Item[]; readonly next: Cursor | null }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: Cursor | undefined;
  for (;;) {
    const { items, next } = await load(cursor);
    yield* items;
    if (next === null) return;
    cursor = next;
  }
}
