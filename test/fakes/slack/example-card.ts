import type { Card } from '../../../src/chat/card';

/** Every kind of block once, with words as a hunt would have them. */
export const exampleCard: Card = {
  title: 'H-1 Odd logons from new countries',
  tone: 'progress',
  blocks: [
    { type: 'text', text: 'An account signs in from two countries\nwithin an hour.' },
    {
      type: 'facts',
      facts: [
        { label: 'Status', value: 'active' },
        { label: 'Hypothesis', value: 'unknown' },
        { label: 'Owner', value: 'Ada Lovelace' },
      ],
    },
    { type: 'divider' },
    { type: 'heading', text: 'Run R-3' },
    {
      type: 'progress',
      items: [
        { label: 'Q-1 Rare parents', state: 'done', detail: '12 rows in 0.4 s' },
        { label: 'Q-2 Odd hours', state: 'running', detail: '3 s' },
        { label: 'Q-3 New agents', state: 'waiting', detail: '' },
        { label: 'Q-4 Typo', state: 'failed', detail: 'unknown column, line 2' },
        { label: 'Q-5 Slow', state: 'cancelled', detail: 'by Ada' },
      ],
    },
    {
      type: 'table',
      columns: [
        { title: 'TimeGenerated' },
        { title: 'Account' },
        { title: 'Address' },
        { title: 'Count', align: 'right' },
      ],
      rows: [
        ['2026-11-20 03:12:44', 'ada@contoso[.]com', '203[.]0[.]113[.]7', '42'],
        ['2026-11-20 03:15:01', 'grace@contoso[.]com', '198[.]51[.]100[.]23', '7'],
        ['2026-11-20 03:15:09', '', 'a value that is long enough to be wrapped on a phone', '1'],
      ],
      total: 812,
      rest: 'the file has all',
    },
    {
      type: 'code',
      language: 'kql',
      text: 'SigninLogs\n| where ResultType == 0\n| summarize count() by UserPrincipalName',
    },
    { type: 'image', alt: 'Logons by country', url: 'https://talbot.example/p/1.png' },
    { type: 'file', name: 'R-3-Q-1.csv', url: 'https://talbot.example/f/1', detail: '812 rows, 48 KB' },
    {
      type: 'select',
      field: 'query',
      label: 'Results of',
      options: [
        { value: 'Q-1', label: 'Q-1 Rare parents' },
        { value: 'Q-2', label: 'Q-2 Odd hours' },
      ],
      chosen: ['Q-1'],
      act: { command: 'results', args: { run: 'R-3' } },
    },
    {
      type: 'actions',
      buttons: [
        { label: 'Run again', command: 'run', args: { hunt: 'H-1' }, opens: 'nothing', style: 'primary' },
        { label: 'Bookmark rows', command: 'bookmark', args: { run: 'R-3' }, opens: 'form' },
        {
          label: 'Cancel',
          command: 'cancel',
          args: { run: 'R-3' },
          opens: 'nothing',
          style: 'danger',
          confirm: { title: 'Cancel R-3?', text: 'What is done is kept.', yes: 'Cancel it' },
        },
        { label: 'Open report', url: 'https://talbot.example/r/1' },
      ],
    },
    { type: 'note', text: 'Started by Ada Lovelace · 4 queries' },
  ],
};
