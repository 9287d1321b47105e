import type { Card } from '../chat/card';
import type { Run } from '../domain/run';
import type { Tab } from '../domain/tab';
import { type Page, pager } from './pager';
import { tabResultText } from './tab-card';
import { counted, shortened, stampText } from './wording';

export interface TabList extends Page {
  hunt: string;
  tabs: { tab: Tab; run?: Run | undefined }[];
  total: number;
  search?: string | undefined;
}

/** The queries typed in a hunt's threads, the last one run first. */
export function tabListCard({ hunt, tabs, total, search, ...page }: TabList): Card {
  if (total === 0) return search ? nothingFits(hunt, search) : noTabs(hunt);
  const title = `${counted(total, 'tab')} in ${hunt}${search ? ` with “${shortened(search, 40)}”` : ''}`;
  return {
    title,
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Tab' },
          { title: 'Name' },
          { title: 'Rows', align: 'right' },
          { title: 'Last run (UTC)' },
          { title: 'By' },
          { title: 'Query' },
        ],
        rows: tabs.map(({ tab, run }) => [
          tab.id,
          shortened(tab.name, 80),
          run ? tabResultText(run) : '',
          run ? stampText(tab.lastRunAt) : '',
          tab.lastRunBy.name,
          shortened(firstLine(tab.text), 80),
        ]),
        ...(total > tabs.length ? { total, rest: `page ${page.page} of ${page.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'tab',
        label: 'Open a tab',
        options: tabs.map(({ tab }) => ({ value: tab.id, label: `${tab.id} · ${tab.name}` })),
        act: { command: 'tab show', args: {} },
      },
      ...pager('tabs', { hunt, ...(search ? { search } : {}) }, page),
    ],
  };
}

function firstLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('//')) ?? '';
}

function noTabs(hunt: string): Card {
  return {
    title: `No tabs in ${hunt}`,
    blocks: [
      {
        type: 'text',
        text: 'Every query that is typed in the hunt’s thread becomes one: “kql SigninLogs | where ResultType != 0”.',
      },
      {
        type: 'actions',
        buttons: [{ label: 'Run KQL', command: 'kql', args: { hunt }, opens: 'form', style: 'primary' }],
      },
    ],
  };
}

function nothingFits(hunt: string, search: string): Card {
  return {
    title: `No tab of ${hunt} has “${shortened(search, 80)}”`,
    blocks: [
      { type: 'text', text: 'Names and queries are searched for all of the words.' },
      { type: 'actions', buttons: [{ label: 'All tabs', command: 'tabs', args: { hunt }, opens: 'nothing' }] },
    ],
  };
}
