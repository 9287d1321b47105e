import { enterpriseTactics, tacticSpelling } from '../domain/tactic-names';
import { field } from './field';

/** `Credential Access`, `credential-access` and `CredentialAccess` are one tactic. */
function tactics() {
  return field.list({
    label: 'Tactics',
    summary: 'ATT&CK tactics, separated by commas',
    sample: 'CredentialAccess',
    spaced: false,
    one: (word) => {
      const name = tacticSpelling(word);
      return name
        ? { value: name }
        : { fault: `“${word}” is no ATT&CK tactic; there are ${enterpriseTactics().join(', ')}.` };
    },
  });
}

/** Read by its form alone: an id that the ATT&CK in use does not know is kept, and the coverage says so. */
function techniques() {
  return field.list({
    label: 'Techniques',
    summary: 'ATT&CK techniques such as T1059 or T1059.001',
    sample: 'T1059',
    one: (word) =>
      /^t\d{4}(?:\.\d{3})?$/i.test(word)
        ? { value: word.toUpperCase() }
        : { fault: `“${word}” is no technique such as T1059 or T1059.001.` },
  });
}

function labels(label = 'Labels') {
  return field.list({
    label,
    summary: 'Words of your own, separated by commas',
    sample: 'a,b',
    spaced: false,
    most: 30,
    one: (word) =>
      word.length <= 60
        ? { value: word }
        : { fault: `A label has at most 60 characters; “${word.slice(0, 20)}…” has ${word.length}.` },
  });
}

/** `account=Account,host=Computer`: which column holds which entity. */
function entities() {
  return field.list({
    label: 'Entities',
    summary: 'Which column names which entity: account=Account,host=Computer',
    sample: 'account=Account',
    spaced: false,
    one: (word) => {
      const match = /^([A-Za-z]+)(?:\.([A-Za-z]+))?=(.{1,200})$/.exec(word);
      return match
        ? { value: { type: match[1] ?? '', identifier: match[2], column: match[3]?.trim() ?? '' } }
        : { fault: `“${word}” is not like account=Account.` };
    },
  });
}

export const huntFields = { tactics, techniques, labels, entities };
