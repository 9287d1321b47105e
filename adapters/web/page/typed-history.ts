const KEPT = 100;

/** What the person typed before, newest last; survives a reload of the tab. */
export function typedBefore(person: string): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(`talbot.typed.${person}`) ?? '[]');
  } catch {
    return [];
  }
}

export function rememberTyped(person: string, text: string): void {
  const typed = [...typedBefore(person).filter((other) => other !== text), text].slice(-KEPT);
  sessionStorage.setItem(`talbot.typed.${person}`, JSON.stringify(typed));
}
