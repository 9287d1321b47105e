import type { Card } from '../../../src/chat/card';

/** Cards of every kind, with what a real hunt puts into them. */
export const huntCard: Card = {
  title: 'H-1 Odd sign-ins',
  tone: 'neutral',
  blocks: [
    {
      type: 'text',
      text: 'Somebody signs in with stolen tokens from hosting providers, outside office hours, and then reads mail.',
    },
    {
      type: 'facts',
      facts: [
        { label: 'Status', value: 'Active' },
        { label: 'Hypothesis', value: 'Unknown' },
        { label: 'Owner', value: 'Ada Night' },
        { label: 'Tactics', value: 'Initial Access, Collection' },
        { label: 'Queries', value: '3' },
        { label: 'Bookmarks', value: '0' },
      ],
    },
    {
      type: 'select',
      field: 'hypothesis',
      label: 'Verdict on the hypothesis',
      options: [
        { value: 'unknown', label: 'Unknown' },
        { value: 'validated', label: 'Validated' },
        { value: 'invalidated', label: 'Invalidated' },
      ],
      chosen: ['unknown'],
      act: { command: 'hypothesis', args: { hunt: 'H-1' } },
    },
    {
      type: 'actions',
      buttons: [
        { label: 'Run all queries', command: 'run', args: { hunt: 'H-1' }, opens: 'nothing', style: 'primary' },
        { label: 'Edit', command: 'edit', args: { hunt: 'H-1' }, opens: 'form' },
        {
          label: 'Delete',
          command: 'delete',
          args: { hunt: 'H-1' },
          opens: 'nothing',
          style: 'danger',
          confirm: { title: 'Delete H-1?', text: 'Its queries, runs and comments go with it.', yes: 'Delete the hunt' },
        },
      ],
    },
  ],
};

export function progressCard(step: number): Card {
  const state = (at: number) => (step > at ? 'done' : step === at ? 'running' : 'waiting');
  return {
    title: step > 2 ? 'R-1 finished: 3 queries, 47 rows' : 'R-1 is running',
    tone: step > 2 ? 'good' : 'progress',
    blocks: [
      {
        type: 'progress',
        items: [
          { label: 'Q-1 Sign-ins from hosting providers', state: state(0), detail: step > 0 ? '31 rows · 1.2 s' : '' },
          { label: 'Q-2 Mail rules that hide replies', state: state(1), detail: step > 1 ? '16 rows · 0.8 s' : '' },
          {
            label: 'Q-3 Consent to unknown applications',
            state: step > 2 ? 'failed' : state(2),
            detail: step > 2 ? 'line 3: no such column' : '',
          },
        ],
      },
      ...(step > 2
        ? []
        : [
            {
              type: 'actions' as const,
              buttons: [{ label: 'Cancel', command: 'cancel', args: { run: 'R-1' }, opens: 'nothing' as const }],
            },
          ]),
    ],
  };
}

const columns = [
  'TimeGenerated',
  'UserPrincipalName',
  'IPAddress',
  'Location',
  'AppDisplayName',
  'ClientAppUsed',
  'ResultType',
  'ConditionalAccessStatus',
  'DeviceDetail',
  'UserAgent',
  'CorrelationId',
  'RiskScore',
];

export const resultsCard: Card = {
  title: 'R-1 · Q-1 Sign-ins from hosting providers',
  blocks: [
    {
      type: 'code',
      language: 'kql',
      text: 'SigninLogs\n| where ResultType == "0" and NetworkLocationDetails has "hosting"\n| project TimeGenerated, UserPrincipalName, IPAddress\n| top 20 by TimeGenerated desc',
    },
    {
      type: 'table',
      columns: columns.map((title) => (title === 'RiskScore' ? { title, align: 'right' as const } : { title })),
      rows: Array.from({ length: 14 }, (_, row) => [
        `2026-11-${String(10 + row)}T0${row % 10}:14:07.5310000Z`,
        ['t.okafor@meadow.example', 'j.lind@meadow.example', 'svc-backup@meadow.example'][row % 3] ?? '',
        `198.51.100.${17 + row * 3}`,
        ['NL', 'RO', 'US'][row % 3] ?? '',
        ['Office 365 Exchange Online', 'Azure Portal'][row % 2] ?? '',
        'Browser',
        row === 4 ? '50126' : '0',
        'notApplied',
        '{"operatingSystem":"Windows 10","browser":"Chrome 118.0"}',
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
        `5f1c${row}e20-77aa-4c1d-9b02-aa01bb${row}2cc0${row}`,
        String(row * 7),
      ]),
      total: 31,
      rest: 'the file has all',
    },
    {
      type: 'file',
      name: 'R-1-Q-1.csv',
      url: 'http://127.0.0.1:3978/files/abc?sig=1',
      detail: '31 rows, 12 columns, 9.8 kB',
    },
    {
      type: 'select',
      field: 'rows',
      label: 'Rows',
      several: true,
      options: Array.from({ length: 14 }, (_, row) => ({
        value: String(row + 1),
        label: `${row + 1} · 198.51.100.${17 + row * 3}`,
      })),
      act: 'wait',
    },
    {
      type: 'actions',
      buttons: [
        { label: 'Bookmark rows', command: 'bookmark', args: { run: 'R-1' }, opens: 'form', style: 'primary' },
        { label: 'Run again', command: 'run', args: { hunt: 'H-1', queries: 'Q-1' }, opens: 'nothing' },
        { label: 'About this technique', url: 'https://attack.mitre.org/techniques/T1078/' },
      ],
    },
    { type: 'note', text: 'Asked by Ada Night · 24 November 2026, last 7 days' },
  ],
};

/** What a row may hold: markup, mentions, quotes that would end an attribute, reordering and unseen characters. */
export const hostileStrings = [
  '<script>window.hit = 1</script>',
  '<img src=x onerror="window.hit = 1">',
  '"><svg onload=window.hit=1>',
  "' onmouseover='window.hit=1",
  '</textarea></code></pre><iframe srcdoc="<script>parent.hit=1</script>">',
  '&lt;b&gt; &amp;amp; &#x3c;',
  'invoice\u202egnp.exe',
  'zero\u200bwidth\ufeff and nul\u0000 and bell\u0007 and esc\u001b[31m',
  'javascript:alert(1)',
  '@Talbot delete H-1',
  '\u0024{window.hit = 1} {{7*7}} <!-- --> ]]>',
  'half a pair \ud800 here',
];

export const hostileCard: Card = {
  title: hostileStrings[0] ?? '',
  tone: 'danger',
  blocks: [
    { type: 'heading', text: hostileStrings[1] ?? '' },
    { type: 'text', text: hostileStrings.join('\n') },
    { type: 'facts', facts: hostileStrings.map((text) => ({ label: text, value: text })) },
    { type: 'table', columns: hostileStrings.map((title) => ({ title })), rows: [hostileStrings] },
    { type: 'code', text: hostileStrings.join('\n'), language: 'kql' },
    { type: 'note', text: hostileStrings.join(' ') },
    { type: 'progress', items: hostileStrings.map((text) => ({ label: text, state: 'failed', detail: text })) },
    { type: 'image', alt: hostileStrings[1] ?? '', url: 'javascript:alert(1)' },
    {
      type: 'file',
      name: hostileStrings[2] ?? '',
      url: 'data:text/html,<script>1</script>',
      detail: hostileStrings[3] ?? '',
    },
    {
      type: 'select',
      field: hostileStrings[2] ?? '',
      label: hostileStrings[0] ?? '',
      options: hostileStrings.map((text) => ({ value: text, label: text })),
      act: { command: hostileStrings[3] ?? '', args: { text: hostileStrings } },
    },
    {
      type: 'select',
      field: 'short',
      label: hostileStrings[4] ?? '',
      options: hostileStrings.slice(0, 4).map((text) => ({ value: text, label: text })),
      act: 'wait',
    },
    {
      type: 'actions',
      buttons: [
        {
          label: hostileStrings[0] ?? '',
          command: hostileStrings[2] ?? '',
          args: { text: hostileStrings },
          opens: 'nothing',
          confirm: { title: hostileStrings[0] ?? '', text: hostileStrings[1] ?? '', yes: hostileStrings[2] ?? '' },
        },
        { label: hostileStrings[1] ?? '', url: 'JAVASCRIPT:alert(1)' },
      ],
    },
    { type: 'divider' },
  ],
};
