// Masks secrets in a text that comes in pieces: what may be the beginning of one waits for the next piece. Knows no
// stream.

export interface MaskedPieces {
  /** Takes the next piece; gives what may leave by now. */
  take(piece: string): string;
  /** The text has ended: what waited was no secret. */
  end(): string;
}

/** `forms`: the secrets as they are sought; `mask`: the text without those that stand in it whole. */
export function maskedPieces(forms: readonly string[], mask: (text: string) => string): MaskedPieces {
  const longest = Math.max(0, ...forms.map(({ length }) => length));
  const firsts = new Set(forms.map((form) => form[0]));
  let held = '';

  const mayGrow = (rest: string): boolean => forms.some((form) => form.length > rest.length && form.startsWith(rest));

  /** Where, from that place on, a secret may have begun that is not whole yet; the text's end where none may. */
  function openFrom(text: string, place: number): number {
    for (let at = Math.max(place, text.length - longest + 1); at < text.length; at += 1)
      if (firsts.has(text[at]) && mayGrow(text.slice(at))) return at;
    return text.length;
  }

  /** The end of a whole secret that stands across the place; the place itself where none does. */
  function behindWhole(text: string, place: number): number {
    for (const form of forms) {
      const start = text.indexOf(form, Math.max(0, place - form.length + 1));
      if (start >= 0 && start < place) return start + form.length;
    }
    return place;
  }

  function cutOf(text: string): number {
    let cut = openFrom(text, 0);
    // The end of a secret may read as the beginning of another: the whole one is masked, in one piece.
    for (let next = behindWhole(text, cut); next > cut; next = behindWhole(text, cut)) cut = openFrom(text, next);
    return cut;
  }

  return {
    take(piece) {
      const text = held + piece;
      const cut = cutOf(text);
      held = text.slice(cut);
      return mask(text.slice(0, cut));
    },
    end() {
      const rest = mask(held);
      held = '';
      return rest;
    },
  };
}
