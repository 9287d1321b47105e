export const templateNames = ['behaviour', 'campaign', 'gap', 'able'] as const;
export type TemplateName = (typeof templateNames)[number];

/** What people say of a hunt before it is one: actor, behaviour, location, evidence. */
export interface Able {
  actor?: string | undefined;
  behaviour?: string | undefined;
  location?: string | undefined;
  evidence?: string | undefined;
}

const unsaid = { actor: '(who?)', behaviour: '(does what?)', location: '(where?)', evidence: '(what would show it?)' };

/** Puts a starting point into words: a name of at most 200 characters, and a hypothesis that can be proved wrong. What was left unsaid is asked for in brackets. */
export function wordHunt(template: TemplateName, said: Able): { name: string; description: string } {
  const actor = plain(said.actor) ?? unsaid.actor;
  const behaviour = plain(said.behaviour) ?? unsaid.behaviour;
  const location = plain(said.location) ?? unsaid.location;
  const evidence = plain(said.evidence) ?? unsaid.evidence;
  const shown = `It would show as: ${evidence}. Where nothing of that is found, the hypothesis is wrong for the time and the logs that were looked at.`;
  const name = (text: string) => capital(text).slice(0, 200);
  if (template === 'behaviour')
    return {
      name: name(`${behaviour} in ${location}`),
      description: `Something in ${location} behaves unlike itself: ${behaviour}. If it is an intruder’s work, the same accounts, hosts or addresses do more that is unusual. ${shown}`,
    };
  if (template === 'campaign')
    return {
      name: name(`${actor}: ${behaviour}`),
      description: `The campaign of ${actor} has reached ${location}: ${behaviour}. ${shown}`,
    };
  if (template === 'gap')
    return {
      name: name(`Undetected: ${behaviour}`),
      description: `No rule here would tell of this: ${behaviour}. It has happened in ${location} and was not seen. ${shown} Whatever is found becomes a rule.`,
    };
  return {
    name: name(`${actor}: ${behaviour} in ${location}`),
    description: `Actor: ${actor}\nBehaviour: ${behaviour}\nLocation: ${location}\nEvidence: ${evidence}\n\nHypothesis: ${actor} does this in ${location}: ${behaviour}. ${shown}`,
  };
}

function plain(text: string | undefined): string | undefined {
  const clean = text?.trim().replace(/[.\s]+$/, '');
  return clean ? clean : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
