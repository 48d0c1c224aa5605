// The attacks that a scan runs where its target takes images: data, so that command line and dialects mean the same.

export const imageAttacks: readonly string[] = ['typographic:part=whole', 'typographic:part=half'];
