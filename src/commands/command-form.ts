import type { Form, FormField } from '../chat/form';
import type { FieldValues } from '../chat/inbound';
import type { Command } from './define-command';

/** The form of a command: every field that is not hidden and not fixed by what was pressed or typed. */
export function commandForm(command: Command, fixed: FieldValues, filled: FieldValues): Form {
  const fields: FormField[] = [];
  for (const [name, field] of Object.entries(command.input)) {
    if (field.hidden || field.typedOnly || name in fixed) continue;
    const value = filled[name];
    fields.push({
      name,
      label: field.label,
      ...(field.summary ? { hint: field.summary } : {}),
      required: field.required,
      ...(value === undefined ? {} : { value }),
      control: field.control,
    });
  }
  return {
    command: command.name,
    title: command.formTitle ?? titleOf(command.name),
    submit: command.submit ?? (command.permission === 'read' ? 'Show' : 'Save'),
    args: fixed,
    fields,
  };
}

/** `bookmark show` as a title: `Bookmark show`. Names are far under the 24 characters that a title has. */
function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
