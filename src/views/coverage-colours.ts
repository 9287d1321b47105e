import { panel, scaleColours } from '../charts/svg/palette';
import type { Level } from '../domain/coverage';

/** From hollow to dark, so that a print in grey shows the order too; a rule that watches by itself is another hue. */
export const levelColours: Record<Level['id'], string> = {
  none: panel.background,
  blocked: '#e0c08a',
  content: scaleColours[1],
  little: scaleColours[1],
  some: scaleColours[3],
  much: scaleColours[5],
  hunted: scaleColours[3],
  validated: scaleColours[5],
  rule: '#0b8a74',
};
