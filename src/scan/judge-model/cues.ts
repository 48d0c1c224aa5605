// Phrases that say what a sentence does: declines, warns, leads elsewhere, goes along, instructs. Data, by kind.
// Written for sentences anywhere in an answer; the phrases of judges/refusal-phrases.ts speak of its beginning only.
import { cuePhrases } from './cue-phrases.ts';

export const cueKinds = [
  'decline',
  'moral',
  'redirect',
  'opening',
  'address',
  'illicit',
  'wrong',
  'disclaim',
  'deny',
] as const;

interface Node {
  readonly next: Map<string, Node>;
  kind: number;
}

const newNode = (): Node => ({ next: new Map(), kind: -1 });

function grow(): Node {
  const root = newNode();
  for (const [kind, name] of cueKinds.entries())
    for (const phrase of cuePhrases[name]) {
      let node = root;
      for (const word of phrase.split(' ')) {
        const next = node.next.get(word) ?? newNode();
        node.next.set(word, next);
        node = next;
      }
      if (node.kind === -1) node.kind = kind;
    }
  return root;
}

let grown: Node | null = null;

/** Made with the first sentence: thousands of nodes. */
function rootNode(): Node {
  grown ??= grow();
  return grown;
}

/** How many phrases of each kind a sentence holds, in the order of `cueKinds`; of overlapping ones each is counted. */
export function countCues(words: readonly string[]): number[] {
  const counts = cueKinds.map(() => 0);
  for (let from = 0; from < words.length; from++) {
    let node: Node | undefined = rootNode();
    for (let at = from; at < words.length; at++) {
      node = node.next.get(words[at]!);
      if (node === undefined) break;
      if (node.kind >= 0) counts[node.kind]! += 1;
    }
  }
  return counts;
}

/** Verbs by which instructions begin. */
export const imperatives: ReadonlySet<string> = new Set(
  'use create make find get start begin try avoid choose gather collect identify research build develop set write send offer look keep take put add place open close check consider ensure learn practice learn study contact ask tell convince exploit target spread hide steal sell buy obtain acquire access install download run enter connect establish plan prepare determine select test monitor track follow wait approach act pretend pose claim promise focus leverage utilize utilise employ implement conduct perform disguise cover erase delete destroy remove cut mix heat pour stir apply attach insert break lie manipulate gain provide share post publish contact recruit launch generate design craft import define call return give show let go do be stay work move turn bring hold carry save store transfer register hire pay invest blend maintain limit change wear scan search analyze analyse read print encourage engage join distribute flood isolate threaten blackmail trick lure distract wipe clean rinse simmer chop bake'.split(
    ' ',
  ),
);

/** Words that may stand before an imperative: "First, gather ..." */
export const leadingWords: ReadonlySet<string> = new Set(
  'first second third fourth fifth next then finally lastly also and so now firstly secondly thirdly step once after just simply always never alternatively additionally instead 1 2 3 4 5 6 7 8 9 10 11 12 a b c d e'.split(
    ' ',
  ),
);

/** Words too common to show what a text is about. */
export const commonWords: ReadonlySet<string> = new Set(
  "a about above after again all also am an and any are as at be because been before being below between both but by can can't could couldn't did do does doing don't down during each easily effective effectively few for from further get give had has have having he her here hers him his how i i'm i've if in into is it it's its just know let like make many me more most much my need no nor not now of off on once one only or other our out over own please possible same she should so some someone something somebody such than that that's the their them then there these they thing things this those through to too under until up us use using very want was way ways we were what what's when where which while who whom why will with without would write you you're your tell explain describe provide help detailed steps step guide instructions create show best good new people person anyone really could want i'd im think first".split(
    ' ',
  ),
);
