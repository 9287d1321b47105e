/** Attributes that the page sets by itself; a newer rendering of the same card does not take them away. */
const OWN_ATTRIBUTES = new Set(['open', 'hidden', 'aria-busy', 'aria-invalid', 'data-copied']);

/**
 * Makes the children of `target` those of `source` while keeping every element that can stay: so focus, scroll positions, open
 * lists, typed filters and choices survive when a card changes under somebody's hands.
 */
export function morphChildren(target: Node, source: Node): void {
  const wanted = [...source.childNodes];
  for (const [index, next] of wanted.entries()) {
    const there = target.childNodes[index];
    if (there === undefined) target.appendChild(next);
    else if (isSame(there, next)) morphNode(there, next);
    else target.replaceChild(next, there);
  }
  while (target.childNodes.length > wanted.length) target.lastChild?.remove();
}

function isSame(a: Node, b: Node): boolean {
  if (a.nodeName !== b.nodeName) return false;
  if (!(a instanceof Element) || !(b instanceof Element)) return true;
  // A field or a button is the same only while it means the same.
  return ['data-field', 'data-press', 'data-args', 'data-choose', 'value', 'type', 'src'].every(
    (name) => a.getAttribute(name) === b.getAttribute(name),
  );
}

function morphNode(there: Node, next: Node): void {
  if (!(there instanceof Element) || !(next instanceof Element)) {
    if (there.nodeValue !== next.nodeValue) there.nodeValue = next.nodeValue;
    return;
  }
  if (there.isEqualNode(next)) return;
  for (const { name } of [...there.attributes]) {
    if (!next.hasAttribute(name) && !OWN_ATTRIBUTES.has(name)) there.removeAttribute(name);
  }
  for (const { name, value } of [...next.attributes]) {
    if (there.getAttribute(name) !== value) there.setAttribute(name, value);
  }
  morphChildren(there, next);
}
