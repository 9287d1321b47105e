import type { FieldValues } from './inbound';

/** A modal, dialog or task module, without a platform in it. */
export interface Form {
  command: string;
  /** At most 24 characters: Slack's bound for a modal's title. */
  title: string;
  submit: string;
  /** Sent back with the values, untrusted. */
  args: FieldValues;
  /** Small print above the fields. */
  intro?: string;
  fields: FormField[];
}

export interface FormField {
  name: string;
  label: string;
  hint?: string;
  required: boolean;
  /** What the control shows when the form opens. */
  value?: string | string[];
  control: Control;
}

export type Control =
  | { type: 'text'; max: number; placeholder?: string }
  | { type: 'lines'; max: number; placeholder?: string; code?: boolean }
  | { type: 'choice'; options: { value: string; label: string }[] }
  | { type: 'choices'; options: { value: string; label: string }[] }
  | { type: 'switch' }
  | { type: 'person' };
