import type { Card } from '../../../src/chat/card';
import type { Form } from '../../../src/chat/form';

/** Every block there is. */
export const EVERY_BLOCK: Card = {
  title: 'H-1 Odd sign-ins',
  tone: 'progress',
  blocks: [
    { type: 'heading', text: 'Hypothesis' },
    { type: 'text', text: 'Somebody signs in from two countries\nwithin an hour.' },
    {
      type: 'facts',
      facts: [
        { label: 'Owner', value: 'Ada' },
        { label: 'Status', value: 'active' },
      ],
    },
    {
      type: 'table',
      columns: [{ title: 'Account' }, { title: 'Count', align: 'right' }],
      rows: [
        ['ada@example.org', '12'],
        ['ben@example.org', '3'],
      ],
      total: 812,
      rest: 'the file has all',
    },
    { type: 'code', text: 'SigninLogs\n| where ResultType != 0\n    | take  10', language: 'kql' },
    {
      type: 'progress',
      items: [
        { label: 'Q-1 Impossible travel', state: 'done', detail: '12 rows in 1.2 s' },
        { label: 'Q-2 Rare agent', state: 'running', detail: '' },
        { label: 'Q-3 New country', state: 'waiting', detail: '' },
        { label: 'Q-4 Spray', state: 'failed', detail: 'no such table' },
      ],
    },
    { type: 'divider' },
    { type: 'image', alt: 'Coverage', url: 'http://127.0.0.1:3978/files/map.png' },
    { type: 'file', name: 'R-1.csv', url: 'http://127.0.0.1:3978/files/r1.csv', detail: '812 rows, 90 KB' },
    {
      type: 'select',
      field: 'queries',
      label: 'Queries',
      several: true,
      options: [
        { value: 'Q-1', label: 'Impossible travel' },
        { value: 'Q,2', label: 'Rare agent' },
      ],
      chosen: ['Q-1'],
      act: 'wait',
    },
    {
      type: 'select',
      field: 'status',
      label: 'Status',
      options: [
        { value: 'active', label: 'Active' },
        { value: 'closed', label: 'Closed' },
      ],
      act: { command: 'status', args: { hunt: 'H-1' } },
    },
    {
      type: 'actions',
      buttons: [
        { label: 'Run', command: 'run', args: { hunt: 'H-1' }, opens: 'nothing', style: 'primary' },
        { label: 'Edit', command: 'edit', args: { hunt: 'H-1' }, opens: 'form' },
        {
          label: 'Delete',
          command: 'delete',
          args: { hunt: 'H-1' },
          opens: 'nothing',
          style: 'danger',
          confirm: { title: 'Delete H-1?', text: 'Its runs go as well.', yes: 'Yes, delete' },
        },
        { label: 'Report', url: 'http://127.0.0.1:3978/files/report.html' },
      ],
    },
    { type: 'note', text: 'by Ada' },
  ],
};

/** Every control there is. */
export const EVERY_CONTROL: Form = {
  command: 'edit',
  title: 'Edit H-1',
  submit: 'Save',
  args: { hunt: 'H-1' },
  intro: 'Changes are kept in the audit log.',
  fields: [
    { name: 'name', label: 'Name', required: true, value: 'Odd sign-ins', control: { type: 'text', max: 200 } },
    {
      name: 'query',
      label: 'Query',
      required: false,
      value: 'T | take 1',
      control: { type: 'lines', max: 9000, code: true },
    },
    {
      name: 'status',
      label: 'Status',
      required: false,
      hint: 'Closed hunts do not run.',
      control: {
        type: 'choice',
        options: [
          { value: 'active', label: 'Active' },
          { value: 'closed', label: 'Closed' },
        ],
      },
    },
    {
      name: 'tactics',
      label: 'Tactics',
      required: false,
      value: ['a,b'],
      control: {
        type: 'choices',
        options: [
          { value: 'a,b', label: 'A and B' },
          { value: 'c%2', label: 'C' },
        ],
      },
    },
    { name: 'silent', label: 'Silent', required: false, value: 'true', control: { type: 'switch' } },
    { name: 'owner', label: 'Owner', required: false, control: { type: 'person' } },
  ],
};
