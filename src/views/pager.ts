import type { ActionsBlock } from '../chat/card';
import type { FieldValues } from '../chat/inbound';

export interface Page {
  page: number;
  pages: number;
}

/** Previous and Next for a list that runs over several pages; nothing where it does not. */
export function pager(command: string, args: FieldValues, { page, pages }: Page): ActionsBlock[] {
  if (pages < 2) return [];
  const to = (label: string, target: number) => ({
    label,
    command,
    args: { ...args, page: String(target) },
    opens: 'nothing' as const,
  });
  return [
    {
      type: 'actions',
      buttons: [...(page > 1 ? [to('Previous', page - 1)] : []), ...(page < pages ? [to('Next', page + 1)] : [])],
    },
  ];
}
