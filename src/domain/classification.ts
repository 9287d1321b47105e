import type { z } from 'zod';
import type { Classification, ClassificationReason } from './incident';

export type ClassificationName = z.infer<typeof Classification>;
export type ReasonName = z.infer<typeof ClassificationReason>;

/** Which reasons Sentinel takes with which classification. */
export const reasonsOf: Record<ClassificationName, readonly ReasonName[]> = {
  Undetermined: [],
  TruePositive: ['SuspiciousActivity'],
  BenignPositive: ['SuspiciousButExpected'],
  FalsePositive: ['IncorrectAlertLogic', 'InaccurateData'],
};

/** The reason that goes with a classification; a sentence where the given one does not, or one has to be chosen. */
export function reasonFor(
  classification: ClassificationName,
  reason: ReasonName | undefined,
): { reason: ReasonName | undefined } | { fault: string } {
  const allowed = reasonsOf[classification];
  if (reason && !allowed.includes(reason))
    return {
      fault:
        allowed.length === 0
          ? `${classification} has no reason.`
          : `${classification} goes with ${allowed.join(' or ')}.`,
    };
  if (!reason && allowed.length > 1) return { fault: `Say why: ${allowed.join(' or ')}.` };
  return { reason: reason ?? allowed[0] };
}
