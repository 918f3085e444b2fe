/** The page's colours as they are now: a canvas does not follow a change of theme by itself. */
export interface ChartColors {
  readonly ink: string;
  readonly grid: string;
  readonly production: string;
  readonly candidate: string;
}

/** light-dark() is resolved by asking an element, not the variable. */
function resolve(probe: HTMLElement, variable: string): string {
  probe.style.color = `var(${variable})`;
  return getComputedStyle(probe).color;
}

export function readChartColors(within: HTMLElement): ChartColors {
  const probe = document.createElement('span');
  within.append(probe);
  const colors = {
    ink: resolve(probe, '--ink-soft'),
    grid: resolve(probe, '--line'),
    production: resolve(probe, '--production'),
    candidate: resolve(probe, '--candidate'),
  };
  probe.remove();
  return colors;
}

/** The same colour, lighter on the page, for areas. */
export const faded = (color: string): string => `color-mix(in srgb, ${color} 20%, transparent)`;
