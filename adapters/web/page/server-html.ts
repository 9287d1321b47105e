import { noChange } from 'lit-html';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit-html/directive.js';
import { morphChildren } from './morph.js';
import { syncPickers } from './pickers.js';

interface HtmlPolicy {
  createHTML(html: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy };
  }
}

const rules: HtmlPolicy = { createHTML: (html) => html };

/** The one way in for HTML: what Talbot's own server rendered, where every string is escaped already. */
const policy = window.trustedTypes?.createPolicy('talbot-message', rules) ?? rules;

export function fragmentOf(html: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

class ServerHtml extends Directive {
  private shown: string | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('serverHtml belongs on an element');
  }

  render(_html: string) {
    return noChange;
  }

  override update(part: ElementPart, [html]: [string]) {
    if (html === this.shown) return noChange;
    this.shown = html;
    morphChildren(part.element, fragmentOf(html));
    syncPickers(part.element);
    return noChange;
  }
}

/** Fills the element it stands on, and on a change alters only what differs. */
export const serverHtml = directive(ServerHtml);
