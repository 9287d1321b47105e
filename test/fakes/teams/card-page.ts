import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Teams' looks, light, as far as a host of Adaptive Cards decides them. */
const HOST = {
  fontFamily: "'Segoe UI', system-ui, sans-serif",
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
  supportsInteractivity: true,
  actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e1dfdd' },
  containerStyles: {
    default: colours('#ffffff'),
    emphasis: colours('#f5f5f5'),
    accent: colours('#e8ebfa'),
    good: colours('#e7f2da'),
    attention: colours('#fde7e9'),
    warning: colours('#fff4ce'),
  },
};

function colours(backgroundColor: string) {
  const colour = (value: string) => ({ default: value, subtle: value === '#242424' ? '#616161' : value });
  const foregroundColors = {
    default: colour('#242424'),
    accent: colour('#5b5fc7'),
    good: colour('#237b4b'),
    warning: colour('#8a6116'),
    attention: colour('#c4314b'),
  };
  return { backgroundColor, foregroundColors };
}

/** A page that draws Adaptive Cards by Microsoft's own renderer, each under its name; for pictures. It loads nothing from elsewhere. */
export function adaptiveCardPage(cards: { name: string; card: object }[]): string {
  const script = readFileSync(join(__dirname, '../../../node_modules/adaptivecards/dist/adaptivecards.min.js'), 'utf8');
  const data = JSON.stringify({ cards, host: HOST }).replace(/</g, '\\u003c');
  return `<!doctype html><meta charset="utf-8"><title>cards</title>
<style>
  body { background: #f0f0f0; font: 14px system-ui, sans-serif; margin: 24px; }
  h2 { color: #616161; font-size: 13px; font-weight: 400; margin: 24px 0 8px; }
  .card { background: #fff; border: 1px solid #d1d1d1; border-radius: 6px; max-width: 640px; overflow: hidden; }
  .ac-pushButton { background: #fff; border: 1px solid #d1d1d1; border-radius: 4px; font: 600 14px system-ui; padding: 6px 12px; }
  .ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
  .ac-pushButton.style-destructive { background: #c4314b; border-color: #c4314b; color: #fff; }
  .ac-textRun { overflow-wrap: anywhere; }
  .ac-input { border: 1px solid #d1d1d1; border-radius: 4px; font: 14px system-ui; padding: 6px; }
</style>
<main></main>
<script>${script.replace(/<\/script/gi, '<\\/script')}</script>
<script>
  const { cards, host } = ${data};
  for (const { name, card } of cards) {
    const title = document.createElement('h2');
    title.textContent = name;
    const place = document.createElement('div');
    place.className = 'card';
    place.dataset.card = name;
    const drawn = new AdaptiveCards.AdaptiveCard();
    drawn.hostConfig = new AdaptiveCards.HostConfig(host);
    drawn.parse(card);
    place.append(drawn.render());
    document.querySelector('main').append(title, place);
  }
</script>`;
}
