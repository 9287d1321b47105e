import type { Block, Button, Card } from '../chat/card';
import type { ContentImport } from '../domain/content-import';
import { counted, durationText, shortened } from './wording';

const barLength = 20;

/** The progress of an import: one card, edited in place. */
export function importCard(job: ContentImport, now: Date): Card {
  const running = job.state === 'running';
  const elapsed = durationText((job.finishedAt ?? now).getTime() - job.createdAt.getTime());
  const done = job.done.toLocaleString('en-US');
  const words =
    job.step === 'reading'
      ? `${done} ${job.done === 1 ? 'file' : 'files'} read`
      : `${bar(job)}\n${done} of ${counted(job.total ?? job.done, 'piece')} checked and written`;
  return {
    title: `${job.id} · ${running ? 'importing' : job.state === 'done' ? 'imported' : 'could not import'} ${shortened(job.name, 80)}`,
    tone: running ? 'progress' : job.state === 'done' ? 'good' : 'warning',
    blocks: [
      ...(running ? [{ type: 'text' as const, text: words }] : []),
      ...(running && !job.cancelledBy
        ? [
            {
              type: 'actions' as const,
              buttons: [{ label: 'Cancel', command: 'cancel', args: { run: job.id }, opens: 'nothing' as const }],
            },
          ]
        : []),
      { type: 'note', text: `Asked by ${job.requestedBy.name} · ${running ? 'running for' : 'took'} ${elapsed}` },
    ],
  };
}

/** What was taken, what was left, and why. */
export function importResultCard(job: ContentImport): Card {
  if (job.state === 'failed')
    return {
      title: `${job.id}: ${shortened(job.name, 80)} could not be imported`,
      tone: 'warning',
      blocks: [{ type: 'text', text: job.failure ?? 'Something broke; the log has it.' }],
    };
  const { counts } = job;
  const number = (count: number) => count.toLocaleString('en-US');
  const facts = [
    ['Added', counts.added],
    ['Updated', counts.updated],
    ['As before', counts.unchanged],
    ['Kept as changed here', counts.kept],
    ['Here already', counts.duplicate],
    ['Left', counts.left],
    ['Cannot run here', job.cannotRun],
  ] as const;
  const shown = facts.filter(([, count]) => count > 0).map(([label, count]) => ({ label, value: number(count) }));
  const nothing = counts.added + counts.updated === 0;
  const [solution, another] = job.solutions;
  const buttons: Button[] = [
    ...(solution && !another
      ? [
          {
            label: 'Its queries',
            command: 'queries',
            args: { solution },
            opens: 'nothing' as const,
            style: 'primary' as const,
          },
        ]
      : [{ label: 'Solutions', command: 'content', args: {}, opens: 'nothing' as const }]),
    ...(job.ideas
      ? [
          {
            label: `${counted(job.ideas, 'idea')} for hunts`,
            command: 'content ideas',
            args: { import: job.id },
            opens: 'nothing' as const,
          },
        ]
      : []),
    { label: 'Report', command: 'content report', args: { import: job.id }, opens: 'nothing' },
  ];
  const reasons: Block[] =
    job.reasons.length === 0
      ? []
      : [
          { type: 'heading', text: 'Why files were left' },
          { type: 'text', text: job.reasons.map(({ why, count }) => `${number(count)} × ${why}`).join('\n') },
        ];
  return {
    title: `${job.id}: ${nothing ? 'nothing new' : `${number(counts.added)} added, ${number(counts.updated)} updated`} from ${shortened(job.name, 80)}`,
    tone: nothing ? 'neutral' : 'good',
    blocks: [
      { type: 'note', text: `${counted(job.files, 'file')} looked at, asked by ${job.requestedBy.name}` },
      ...(shown.length > 0 ? [{ type: 'facts' as const, facts: shown }] : []),
      ...reasons,
      { type: 'actions', buttons },
      { type: 'note', text: 'The report names every file with what came of it.' },
    ],
  };
}

function bar({ done, total = 0 }: ContentImport): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * barLength);
  return `${'█'.repeat(full)}${'░'.repeat(barLength - full)} ${Math.floor(share * 100)} %`;
}
