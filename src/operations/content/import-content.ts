import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { fetchAttached } from '../../hunting/fetch-attached';
import { contentFolderPath } from '../../hunting/read-import';
import { startImport } from '../../hunting/start-import';

/** Holds an archive of thousands of queries; kept in the stores until it is imported. */
const mostAttachmentBytes = 32_000_000;

export const importContent = defineCommand({
  name: 'content import',
  summary: 'Takes queries, rules, parsers and watchlists from an attached file or a folder of the server',
  formTitle: 'Import content',
  submit: 'Import',
  permission: 'lead',
  example: 'content import Azure-Sentinel',
  input: {
    folder: field.optional(
      field.text({
        label: 'Folder or file',
        summary: 'In the content folder of the server; left out where a file is attached',
        max: 1000,
        rest: true,
        sample: 'FOLDER',
      }),
    ),
  },
  positional: ['folder'],
  async run(ctx, input) {
    const [file, another] = ctx.files;
    if (another)
      throw new UserError('bad-input', 'Several files are attached.', 'Attach one file, or a zip archive of all.');
    if (file)
      return startImport(ctx, {
        from: 'attachment',
        name: file.name,
        bytes: await fetchAttached(ctx, file, mostAttachmentBytes),
      });
    if (!input.folder && !ctx.thread.direct && ctx.chats.get(ctx.thread.platform)?.filesOnlyDirect)
      throw new UserError(
        'bad-input',
        'There is nothing to import: this chat hands Talbot no files in channels and group chats.',
        'Send the file with “content import” in your own chat with Talbot.',
      );
    if (!input.folder)
      throw new UserError(
        'bad-input',
        'There is nothing to import.',
        'Attach a file or a zip archive to the message “content import”, or name a folder: “content import FOLDER”.',
      );
    if (!ctx.may('administer'))
      throw new UserError(
        'not-allowed',
        'Only administrators import from a folder of the server.',
        'Attach a file or a zip archive to “content import” instead.',
      );
    await contentFolderPath(ctx.contentFolder, input.folder);
    return startImport(ctx, { from: 'folder', name: input.folder });
  },
});
