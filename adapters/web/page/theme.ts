export type Theme = 'system' | 'light' | 'dark';

export function currentTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** From what is shown to its opposite, and from there back to what the system says. */
export function nextTheme(): Theme {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const opposite = dark ? 'light' : 'dark';
  const next: Theme = currentTheme() === 'system' ? opposite : 'system';
  if (next === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem('talbot.theme');
  } else {
    document.documentElement.dataset.theme = next;
    localStorage.setItem('talbot.theme', next);
  }
  return next;
}
