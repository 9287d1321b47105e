import type { Playbook, PlaybookRun } from '../../src/domain/playbook';
import { playbookListCard, playbookRunCard, playbookRunListCard } from '../../src/views/playbook-card';
import { ada, hostile, mallory, minutesAgo, slackThread } from './example-people';

const playbook: Playbook = {
  key: 'P-1',
  name: 'Isolate the host',
  description: '',
  for: ['Host', 'Incident'],
  approval: true,
  inputs: [{ name: 'hours', label: 'Hours', required: true }],
  host: 'soar.fernhill.example',
};
const run: PlaybookRun = {
  id: 'X-1',
  version: 1,
  number: 1,
  playbook: 'P-1',
  name: 'Isolate the host',
  host: 'soar.fernhill.example',
  target: 'I-3',
  targetType: 'Incident',
  inputs: { hours: '4' },
  why: 'It beacons.',
  state: 'done',
  idempotencyKey: 'k',
  outcome: 'It answered 200: isolated',
  hunts: ['H-4'],
  requestedBy: ada,
  createdAt: minutesAgo(5),
  thread: slackThread,
  progress: { state: 'none' },
  result: { state: 'none' },
};
const hostileRun: PlaybookRun = {
  ...run,
  id: 'X-2',
  name: hostile,
  why: hostile.repeat(20),
  outcome: hostile.repeat(20),
  inputs: { [hostile]: hostile },
  requestedBy: mallory,
  state: 'failed',
};

export const playbookCards = [
  {
    name: 'playbook-list',
    view: 'playbook-card',
    card: playbookListCard([playbook, { ...playbook, key: 'P-2', name: hostile }], { key: 'I-3', type: 'Incident' }),
  },
  { name: 'playbook-list-empty', view: 'playbook-card', card: playbookListCard([]) },
  { name: 'playbook-run', view: 'playbook-card', card: playbookRunCard(run) },
  { name: 'playbook-run-hostile', view: 'playbook-card', card: playbookRunCard(hostileRun) },
  { name: 'playbook-runs', view: 'playbook-card', card: playbookRunListCard([run, hostileRun], undefined) },
];
