import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { huntFields } from '../../commands/hunt-fields';
import { templateNames, wordHunt } from '../../domain/hunt-template';
import { suggestQueries } from '../../hunting/suggest-queries';
import { wordedHuntCard } from '../../views/worded-hunt-card';

const most = 8;
// What a button can carry bounds the words: the four together stay under a thousand characters.
const said = (label: string, summary: string) => field.text({ label, summary, max: 150 });

export const wordHypothesis = defineCommand({
  name: 'template',
  summary: 'Words a hypothesis from a template and suggests queries for it',
  formTitle: 'Hunt from a template',
  submit: 'Word it',
  permission: 'hunt',
  formFirst: true,
  example: 'template able --actor "an outsider" --behaviour "guesses passwords" --location "the VPN"',
  input: {
    template: field.choice({
      label: 'Starting point',
      options: templateNames,
      names: {
        behaviour: 'Suspicious behaviour',
        campaign: 'New threat campaign',
        gap: 'Detection gap',
        able: 'Actor, behaviour, location, evidence',
      },
    }),
    behaviour: said('Behaviour', 'What is done: “guesses passwords of many accounts”'),
    actor: field.optional(said('Actor', 'Who: a group, a kind of intruder, an insider')),
    location: field.optional(said('Location', 'Where: hosts, accounts, a service')),
    evidence: field.optional(said('Evidence', 'What in the logs would show it')),
    techniques: field.optional(huntFields.techniques()),
  },
  positional: ['template'],
  async run(ctx, input) {
    const worded = wordHunt(input.template, input);
    const given = input.techniques ?? [];
    const words = [input.behaviour, input.evidence, input.location, input.actor].join(' ');
    const queries = await suggestQueries(ctx, { words, techniques: given, most });
    // Where nobody named a technique, those of the two best fits are a suggestion that the form lets one change.
    const techniques = given.length > 0 ? given : [...new Set(queries.slice(0, 2).flatMap((one) => one.techniques))];
    return { kind: 'card', card: wordedHuntCard({ ...worded, techniques }, queries), to: 'asker' };
  },
});
