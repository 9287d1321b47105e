import { z } from 'zod';
import { cutText } from '../../src/chat/cut-text';
import type { FieldValues } from '../../src/chat/inbound';
import { joinPiece, PART } from './long-value';

/** As Slack sends them: `values[block_id][action_id]`. */
export const ViewState = z.object({
  values: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        type: z.string(),
        value: z.string().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
        selected_options: z.array(z.object({ value: z.string() })).nullish(),
        selected_user: z.string().nullish(),
      }),
    ),
  ),
});
export type ViewState = z.infer<typeof ViewState>;

/** An empty control comes back as '' (or [] where several can be chosen), a switch as `true` or `false`. */
export function valuesFromView(state: ViewState): FieldValues {
  const values: FieldValues = {};
  // Pieces of one value join in the order of their number, in whatever order Slack names the blocks.
  const blocks = Object.entries(state.values).sort(([one], [other]) => pieceNumber(one) - pieceNumber(other));
  for (const [blockId, actions] of blocks) {
    const [field = '', joint] = blockId.split(PART);
    for (const input of Object.values(actions)) {
      const value = inputValue(input);
      const before = values[field];
      values[field] =
        joint !== undefined && typeof before === 'string' && typeof value === 'string'
          ? joinPiece(before, value, joint)
          : value;
    }
  }
  return values;
}

/** Faults by block, as a submission's acknowledgement wants them; a fault of no field stands at the first input. */
export function faultsToBlocks(errors: Record<string, string>, blockIds: readonly string[]): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const [field, message] of Object.entries(errors)) {
    const block = blockIds.find((id) => id.split(PART)[0] === field) ?? blockIds[0];
    if (block === undefined) continue;
    faults[block] = faults[block] === undefined ? message : `${faults[block]} · ${message}`;
  }
  return Object.fromEntries(Object.entries(faults).map(([block, message]) => [block, cutText(message, 1000)]));
}

function pieceNumber(blockId: string): number {
  return Number(blockId.split(PART)[1]?.slice(1) ?? 0);
}

function inputValue(input: ViewState['values'][string][string]): string | string[] {
  if (input.type === 'checkboxes')
    return input.selected_options?.some((option) => option.value === 'true') ? 'true' : 'false';
  if (input.type === 'multi_static_select') return input.selected_options?.map((option) => option.value) ?? [];
  return input.value ?? input.selected_option?.value ?? input.selected_user ?? '';
}
