import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Rows above and below what is in view, so that scrolling shows no gap. */
const AROUND = 12;
const GUESSED_HEIGHT = 44;

export interface Window {
  /** Rows [first, end) are drawn. */
  readonly first: number;
  readonly end: number;
  /** Heights of what stands for the rows before and after, px. */
  readonly before: number;
  readonly after: number;
}

/**
 * Which rows of a long table are drawn: those in view of its scrolling box. Rows may differ in height; what was drawn
 * once is remembered, the rest is taken to be of the mean.
 *
 * @param box the element that scrolls
 * @param count rows there are
 * @param most tables up to this long are drawn whole
 */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, most: number): Window | null {
  const heights = useRef(new Map<number, number>());
  const [range, setRange] = useState({ first: 0, end: most });
  const windowed = count > most;

  const known = heights.current;
  const mean = known.size === 0 ? GUESSED_HEIGHT : [...known.values()].reduce((sum, h) => sum + h, 0) / known.size;
  const heightOf = (row: number) => known.get(row) ?? mean;

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !windowed) return;
    for (const row of element.querySelectorAll<HTMLTableRowElement>('tr[data-row]')) {
      known.set(Number(row.dataset.row), row.getBoundingClientRect().height);
    }
    const look = () => {
      let [top, first] = [0, 0];
      while (first < count && top + heightOf(first) < element.scrollTop) top += heightOf(first++);
      let end = first;
      while (end < count && top < element.scrollTop + element.clientHeight) top += heightOf(end++);
      const wanted = { first: Math.max(0, first - AROUND), end: Math.min(count, end + AROUND) };
      setRange((now) => (now.first === wanted.first && now.end === wanted.end ? now : wanted));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  });

  if (!windowed) return null;
  const first = Math.min(range.first, count);
  const end = Math.min(range.end, count);
  const sum = (from: number, to: number) => {
    let total = 0;
    for (let row = from; row < to; row++) total += heightOf(row);
    return total;
  };
  return { first, end, before: sum(0, first), after: sum(end, count) };
}
