import type { Investigation } from '../../src/domain/investigation';
import { investigationCard } from '../../src/views/investigation-card';
import { daysAgo, hostile } from './example-people';

export const exampleInvestigation: Investigation = {
  title: 'H-4 Spray from hosting providers',
  findings: [
    {
      id: 'B-1',
      kind: 'bookmark',
      name: 'Spray against finance',
      moments: [daysAgo(3), daysAgo(3)],
      tactic: 'CredentialAccess',
    },
    { id: 'B-2', kind: 'bookmark', name: hostile, moments: [daysAgo(1)] },
    { id: 'A-1.1.1', kind: 'alert', name: hostile, moments: [] },
  ],
  things: [
    { id: 'E-1', type: 'Account', name: 'marta.oliveira@fernhill.example', elsewhere: false, indicator: false },
    { id: 'E-2', type: 'IP', name: '203.0.113.66', elsewhere: true, indicator: true },
    { id: 'E-3', type: 'Host', name: hostile.repeat(50), elsewhere: false, indicator: false },
    ...Array.from({ length: 40 }, (_, i) => ({
      id: `E-${i + 10}`,
      type: 'URL',
      name: `https://a${i}.example/`,
      elsewhere: false,
      indicator: false,
    })),
  ],
  ties: [
    { finding: 'B-1', thing: 'E-1', rows: 10 },
    { finding: 'B-1', thing: 'E-2', rows: 10 },
    { finding: 'B-2', thing: 'E-2', rows: 1 },
    { finding: 'B-2', thing: 'E-3', rows: 1 },
    ...Array.from({ length: 40 }, (_, i) => ({ finding: 'B-1', thing: `E-${i + 10}`, rows: 1 })),
  ],
};

export const investigationCards = [
  {
    name: 'graph',
    view: 'investigation-card',
    card: investigationCard('H-4', exampleInvestigation, 'graph', [], ['Grouped.']),
  },
  {
    name: 'graph-empty',
    view: 'investigation-card',
    card: investigationCard('H-4', { title: 'H-4', findings: [], things: [], ties: [] }, 'graph', [], []),
  },
];
