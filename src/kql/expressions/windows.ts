import { kindOf, type SyntaxNode } from '../kusto';
import { callName } from './calls';

const windows = /^(row_number|row_cumsum|row_rank_dense|row_rank_min|row_window_session|prev|next)$/;

/** Whether the expression looks at other rows than its own, which SQL allows in fewer places. */
export function callsWindow(node: SyntaxNode): boolean {
  if (kindOf(node) === 'FunctionCallExpression' && windows.test(callName(node))) return true;
  for (let i = 0; i < node.ChildCount; i++) {
    const child = node.GetChild(i);
    if (child && callsWindow(child)) return true;
  }
  return false;
}
