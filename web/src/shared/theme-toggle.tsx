import { useState } from 'react';

type Theme = 'system' | 'light' | 'dark';
const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const symbol: Readonly<Record<Theme, string>> = { system: '◐', light: '☀', dark: '☾' };

function currentTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Steps through the system's theme, light and dark; the choice is kept in this browser. */
export function ThemeToggle() {
  const [theme, setTheme] = useState(currentTheme);
  function change() {
    const chosen = next[theme];
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    try {
      if (chosen === 'system') localStorage.removeItem('theme');
      else localStorage.setItem('theme', chosen);
    } catch {
      // storage is switched off: the choice holds until the page is left
    }
    setTheme(chosen);
  }
  return (
    <button type="button" className="icon-button" onClick={change} aria-label={`Theme: ${theme}. Change`}>
      <span aria-hidden="true">{symbol[theme]}</span>
    </button>
  );
}
