// What of a conversation an HTTP application gets to see through its template, and what is lost on the way: pure.
import { type ChatMessage, type ChatRequest, textOf } from '../core/chat.ts';
import { adaptationTitles, foldSystemPrompt } from './adaptation.ts';
import { type HttpTemplate, placeholdersIn } from './http-template.ts';

/** How a template carries a conversation; known once, from its places. */
export interface Carrying {
  readonly history: boolean;
  readonly session: boolean;
}

/** Read from the places that the template has. */
export const carryingOf = (template: HttpTemplate): Carrying => {
  const places = placeholdersIn(template);
  return { history: places.has('messages'), session: places.has('session') || template.session !== undefined };
};

/** What of the request the application does not get to see, in words for the report. */
export function lossesOf(request: ChatRequest, carrying: Carrying, isNewSession: boolean): string[] {
  const { messages } = request;
  const hasTurns =
    messages.filter(({ role }) => role === 'user').length > 1 || messages.some(({ role }) => role === 'assistant');
  const hasSystem = messages.some(({ role }) => role === 'system' || role === 'developer');
  const hasPictures = messages.some(
    ({ content }) => typeof content !== 'string' && content.some((part) => part.type === 'image_url'),
  );
  const losses: readonly (readonly [boolean, string])[] = [
    [!carrying.history && hasSystem, adaptationTitles.system_in_user_turn],
    [
      !carrying.history && hasTurns && (!carrying.session || isNewSession),
      'only the last user turn was sent: the template has no {{messages}}',
    ],
    [!carrying.history && hasPictures, 'pictures were left out'],
    [(request.tools?.length ?? 0) > 0, 'the tools of the case were left out'],
  ];
  return losses.flatMap(([lost, title]) => (lost ? [title] : []));
}

/** The text for {{prompt}}: the last turn of the user; where no history is sent, the first turn carries the system prompt. */
export function promptOf(messages: readonly ChatMessage[], carrying: Carrying): string {
  const folded = carrying.history ? messages : foldSystemPrompt(messages);
  const last = folded.findLast(({ role }) => role === 'user') ?? folded.at(-1);
  return last ? textOf(last.content) : '';
}
