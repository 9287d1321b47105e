import type { Plot } from '../plot/plot';
import { axesToSvg } from './axes-to-svg';
import { cardToSvg } from './card-to-svg';
import { pieToSvg } from './pie-to-svg';

/** A whole document, `pictureWidth` points wide. */
export function plotToSvg(plot: Plot): string {
  if (plot.form === 'pie') return pieToSvg(plot);
  return plot.form === 'card' ? cardToSvg(plot) : axesToSvg(plot);
}
