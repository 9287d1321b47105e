import { parentPort } from 'node:worker_threads';
import { describePlot } from '../plot/describe-plot';
import { PlotRefusal } from '../plot/plot';
import { createPlotReader, type PlotReader } from '../plot/read-plot';
import type { FromDrawing, ToDrawing } from './drawing-messages';
import { plotToSvg } from './plot-to-svg';
import { smallerPng } from './smaller-png';
import { svgToPng } from './svg-to-png';

let reader: PlotReader | null = null;

function answer(message: ToDrawing): FromDrawing {
  switch (message.kind) {
    case 'svg':
      return { kind: 'png', ...svgToPng(message.svg) };
    case 'chart':
      reader = createPlotReader(message);
      return reader === null ? { kind: 'none' } : { kind: 'taken', more: true };
    case 'rows':
      return { kind: 'taken', more: reader?.add(message.rows) ?? false };
    case 'finish':
      return finish();
    case 'smaller': {
      const small = smallerPng(message.png, message.bytes);
      return small === null ? { kind: 'refused', why: 'the picture stays too large' } : { kind: 'png', ...small };
    }
    default:
      return message satisfies never;
  }
}

function finish(): FromDrawing {
  if (reader === null) return { kind: 'failed', message: 'no chart was begun' };
  const plot = reader.finish();
  reader = null;
  return { kind: 'png', ...svgToPng(plotToSvg(plot)), alt: describePlot(plot), notes: plot.notes };
}

function answerSafely(message: ToDrawing): FromDrawing {
  try {
    return answer(message);
  } catch (error) {
    if (error instanceof PlotRefusal) return { kind: 'refused', why: error.message };
    // A library's message may carry the whole drawing.
    return { kind: 'failed', message: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
  }
}

parentPort?.on('message', (message: ToDrawing) => parentPort?.postMessage(answerSafely(message)));
parentPort?.postMessage({ kind: 'ready' } satisfies FromDrawing);
