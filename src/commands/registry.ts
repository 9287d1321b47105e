import { grantRole } from '../operations/access/grant-role';
import { listRoles } from '../operations/access/list-roles';
import { revokeRole } from '../operations/access/revoke-role';
import { showAudit } from '../operations/access/show-audit';
import { approve } from '../operations/approval/approve';
import { listApprovals } from '../operations/approval/list-approvals';
import { reject } from '../operations/approval/reject';
import { showApproval } from '../operations/approval/show-approval';
import { withdraw } from '../operations/approval/withdraw';
import { exportCoverage } from '../operations/attack/export-coverage';
import { loadAttackCommand } from '../operations/attack/load-attack';
import { showAttack } from '../operations/attack/show-attack';
import { showCoverage } from '../operations/attack/show-coverage';
import { createBookmark } from '../operations/bookmark/create-bookmark';
import { deleteBookmark } from '../operations/bookmark/delete-bookmark';
import { editBookmark } from '../operations/bookmark/edit-bookmark';
import { listBookmarks } from '../operations/bookmark/list-bookmarks';
import { restoreBookmark } from '../operations/bookmark/restore-bookmark';
import { showBookmark } from '../operations/bookmark/show-bookmark';
import { addComment } from '../operations/comment/add-comment';
import { listComments } from '../operations/comment/list-comments';
import { reviseComment } from '../operations/comment/revise-comment';
import { withdrawComment } from '../operations/comment/withdraw-comment';
import { huntRuleTemplate } from '../operations/content/hunt-rule-template';
import { importContent } from '../operations/content/import-content';
import { importReport } from '../operations/content/import-report';
import { installContent } from '../operations/content/install-content';
import { listContent } from '../operations/content/list-content';
import { removeContent } from '../operations/content/remove-content';
import { showContent } from '../operations/content/show-content';
import { showRuleTemplate } from '../operations/content/show-rule-template';
import { takeIdeas } from '../operations/content/take-ideas';
import { updateContent } from '../operations/content/update-content';
import { listEntities } from '../operations/entity/list-entities';
import { mergeEntities } from '../operations/entity/merge-entities';
import { pivotEntity } from '../operations/entity/pivot-entity';
import { showEntity } from '../operations/entity/show-entity';
import { splitEntity } from '../operations/entity/split-entity';
import { showGraph } from '../operations/graph/show-graph';
import { showHelp } from '../operations/help';
import { assignHunt } from '../operations/hunt/assign-hunt';
import { closeHunt } from '../operations/hunt/close-hunt';
import { createHunt } from '../operations/hunt/create-hunt';
import { deleteHunt } from '../operations/hunt/delete-hunt';
import { editHunt } from '../operations/hunt/edit-hunt';
import { linkThread } from '../operations/hunt/link-thread';
import { listHunts } from '../operations/hunt/list-hunts';
import { restoreHunt } from '../operations/hunt/restore-hunt';
import { setHypothesis } from '../operations/hunt/set-hypothesis';
import { setStatus } from '../operations/hunt/set-status';
import { showHunt } from '../operations/hunt/show-hunt';
import { showTimeline } from '../operations/hunt/show-timeline';
import { unlinkThread } from '../operations/hunt/unlink-thread';
import { wordHypothesis } from '../operations/hunt/word-hypothesis';
import { addTask } from '../operations/incident/add-task';
import { addToIncident } from '../operations/incident/add-to-incident';
import { closeIncident } from '../operations/incident/close-incident';
import { commentIncident } from '../operations/incident/comment-incident';
import { createIncident } from '../operations/incident/create-incident';
import { deleteIncident } from '../operations/incident/delete-incident';
import { finishTask } from '../operations/incident/finish-task';
import { listIncidents } from '../operations/incident/list-incidents';
import { openIncidentThread } from '../operations/incident/open-thread';
import { removeFromIncident } from '../operations/incident/remove-from-incident';
import { reopenIncident } from '../operations/incident/reopen-incident';
import { restoreIncident } from '../operations/incident/restore-incident';
import { showIncident } from '../operations/incident/show-incident';
import { updateIncident } from '../operations/incident/update-incident';
import { addIndicator } from '../operations/indicator/add-indicator';
import { editIndicator } from '../operations/indicator/edit-indicator';
import { exportIndicators } from '../operations/indicator/export-indicators';
import { importIndicators } from '../operations/indicator/import-indicators';
import { listIndicators } from '../operations/indicator/list-indicators';
import { reinstateIndicator } from '../operations/indicator/reinstate-indicator';
import { revokeIndicator } from '../operations/indicator/revoke-indicator';
import { showIndicator } from '../operations/indicator/show-indicator';
import { sweepIndicator } from '../operations/indicator/sweep-indicator';
import { listPlaybooks } from '../operations/playbook/list-playbooks';
import { listPlaybookRuns } from '../operations/playbook/list-runs';
import { runPlaybook } from '../operations/playbook/run-playbook';
import { addQueries } from '../operations/query/add-queries';
import { cloneQuery } from '../operations/query/clone-query';
import { createQuery } from '../operations/query/create-query';
import { deleteQuery } from '../operations/query/delete-query';
import { editQuery } from '../operations/query/edit-query';
import { favouriteQuery } from '../operations/query/favourite-query';
import { findQueries } from '../operations/query/find-queries';
import { listQueries } from '../operations/query/list-queries';
import { queryHistory } from '../operations/query/query-history';
import { restoreQuery } from '../operations/query/restore-query';
import { showQuery } from '../operations/query/show-query';
import { unfavouriteQuery } from '../operations/query/unfavourite-query';
import { cancelReplay } from '../operations/rule/cancel-replay';
import { createRule } from '../operations/rule/create-rule';
import { deleteRule } from '../operations/rule/delete-rule';
import { disableRule } from '../operations/rule/disable-rule';
import { editRule } from '../operations/rule/edit-rule';
import { enableRule } from '../operations/rule/enable-rule';
import { exportRule } from '../operations/rule/export-rule';
import { listRules } from '../operations/rule/list-rules';
import { replayRule } from '../operations/rule/replay-rule';
import { restoreRule } from '../operations/rule/restore-rule';
import { showRule } from '../operations/rule/show-rule';
import { cancelRun } from '../operations/run/cancel-run';
import { compareRuns } from '../operations/run/compare-runs';
import { exportResults } from '../operations/run/export-results';
import { listRuns } from '../operations/run/list-runs';
import { listTables } from '../operations/run/list-tables';
import { runAgain } from '../operations/run/run-again';
import { runKql } from '../operations/run/run-kql';
import { showResults } from '../operations/run/show-results';
import { showRow } from '../operations/run/show-row';
import { startRun } from '../operations/run/start-run';
import { runAll } from '../operations/sweep/run-all';
import { showSweep } from '../operations/sweep/show-sweep';
import { deleteTab } from '../operations/tab/delete-tab';
import { editTab } from '../operations/tab/edit-tab';
import { listTabs } from '../operations/tab/list-tabs';
import { promoteTabCommand } from '../operations/tab/promote-tab';
import { renameTab } from '../operations/tab/rename-tab';
import { restoreTab } from '../operations/tab/restore-tab';
import { runTabCommand } from '../operations/tab/run-tab';
import { showTab } from '../operations/tab/show-tab';
import { tabHistory } from '../operations/tab/tab-history';
import type { Command } from './define-command';

/** In the order of the help: the first steps first. */
const operations: readonly Command[] = [
  showHelp,
  createHunt,
  wordHypothesis,
  listHunts,
  showHunt,
  listQueries,
  addQueries,
  runAll,
  showSweep,
  startRun,
  runKql,
  listTables,
  showResults,
  showRow,
  compareRuns,
  listRuns,
  cancelRun,
  runAgain,
  exportResults,
  listTabs,
  showTab,
  runTabCommand,
  editTab,
  renameTab,
  tabHistory,
  promoteTabCommand,
  deleteTab,
  restoreTab,
  createBookmark,
  listBookmarks,
  showBookmark,
  editBookmark,
  deleteBookmark,
  restoreBookmark,
  listEntities,
  showGraph,
  showEntity,
  pivotEntity,
  mergeEntities,
  splitEntity,
  createIncident,
  listIncidents,
  showIncident,
  addToIncident,
  removeFromIncident,
  updateIncident,
  addTask,
  finishTask,
  commentIncident,
  closeIncident,
  reopenIncident,
  openIncidentThread,
  deleteIncident,
  restoreIncident,
  createRule,
  listRules,
  showRule,
  replayRule,
  cancelReplay,
  enableRule,
  disableRule,
  editRule,
  deleteRule,
  restoreRule,
  exportRule,
  listPlaybooks,
  runPlaybook,
  listPlaybookRuns,
  listApprovals,
  showApproval,
  approve,
  reject,
  withdraw,
  addIndicator,
  listIndicators,
  showIndicator,
  editIndicator,
  revokeIndicator,
  reinstateIndicator,
  sweepIndicator,
  importIndicators,
  exportIndicators,
  showCoverage,
  exportCoverage,
  showAttack,
  loadAttackCommand,
  addComment,
  listComments,
  reviseComment,
  withdrawComment,
  showTimeline,
  setHypothesis,
  setStatus,
  assignHunt,
  editHunt,
  closeHunt,
  deleteHunt,
  restoreHunt,
  linkThread,
  unlinkThread,
  showQuery,
  createQuery,
  editQuery,
  cloneQuery,
  deleteQuery,
  restoreQuery,
  findQueries,
  queryHistory,
  favouriteQuery,
  unfavouriteQuery,
  listContent,
  showContent,
  installContent,
  updateContent,
  removeContent,
  importContent,
  importReport,
  takeIdeas,
  showRuleTemplate,
  huntRuleTemplate,
  grantRole,
  revokeRole,
  listRoles,
  showAudit,
];

/** Every command by name. Throws at load where two share a name. */
export function createRegistry(commands: readonly Command[] = operations): ReadonlyMap<string, Command> {
  const registry = new Map<string, Command>();
  for (const command of commands) {
    if (registry.has(command.name)) throw new Error(`two commands are named ${command.name}`);
    registry.set(command.name, command);
  }
  return registry;
}
