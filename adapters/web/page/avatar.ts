import { html } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';

export function avatar(
  author: { id: string; name: string; bot?: boolean },
  size: 'small' | 'normal' | 'large' = 'normal',
) {
  if (author.bot === true || author.id === 'talbot') {
    return html`<img class=${`avatar avatar-${size}`} src="/page/icon.svg" alt="" />`;
  }
  const initials = author.name
    .split(/\s+/)
    .map((part) => [...part][0] ?? '')
    .join('')
    .slice(0, 2);
  const classes = { avatar: true, [`avatar-${size}`]: true, [`hue-${hueOf(author.id)}`]: true };
  return html`<span class=${classMap(classes)} aria-hidden="true">${initials}</span>`;
}

function hueOf(id: string): number {
  const known = ['ada', 'lee', 'mo'].indexOf(id);
  return known === -1 ? 3 : known;
}
