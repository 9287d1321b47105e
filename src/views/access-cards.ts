import type { Card } from '../chat/card';
import type { AuditEntry } from '../domain/audit-entry';
import type { RoleGrant } from '../domain/role';
import { type Page, pager } from './pager';
import { counted, platformText, stampText } from './wording';

export function roleListCard(grants: RoleGrant[], total: number): Card {
  if (total === 0) {
    return {
      title: 'No role was granted yet',
      blocks: [
        {
          type: 'note',
          text: 'Everyone has the default role, and administrators are named in the settings. “role grant @ada hunter” grants one.',
        },
      ],
    };
  }
  return {
    title: counted(total, 'granted role'),
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Person' },
          { title: 'Role' },
          { title: 'On' },
          { title: 'Granted by' },
          { title: 'When (UTC)' },
        ],
        rows: grants.map((one) => [
          one.person.name,
          one.role,
          platformText(one.person.platform),
          one.grantedBy.name,
          stampText(one.grantedAt),
        ]),
        ...(total > grants.length ? { total, rest: 'the first are shown' } : {}),
      },
    ],
  };
}

export function auditCard(lines: AuditEntry[], total: number, args: Record<string, string>, page: Page): Card {
  if (total === 0)
    return {
      title: 'Nothing was done in this time',
      blocks: [{ type: 'note', text: 'A longer one: “audit --since 30d”.' }],
    };
  return {
    title: `${counted(total, 'command')} in the audit`,
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'When (UTC)' },
          { title: 'Who' },
          { title: 'On' },
          { title: 'Command' },
          { title: 'Outcome' },
        ],
        rows: lines.map((one) => [
          stampText(one.at),
          one.actor.name,
          platformText(one.actor.platform),
          one.command,
          one.code ? `${one.outcome} (${one.code})` : one.outcome,
        ]),
        ...(total > lines.length ? { total, rest: `page ${page.page} of ${page.pages}` } : {}),
      },
      ...pager('audit', args, page),
    ],
  };
}
