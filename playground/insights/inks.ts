/** The page's colours as a canvas takes them. */
export type Ink = { accent: string; soft: string; line: string; font: string };

export const inks = (place: HTMLElement): Ink => ({
  accent: colourOf(place, '--accent'),
  soft: colourOf(place, '--soft'),
  line: colourOf(place, '--line'),
  font: `12px ${getComputedStyle(place).fontFamily}`,
});

/** A canvas knows no light-dark(): the browser works it out for an element. */
function colourOf(place: HTMLElement, name: string): string {
  const probe = place.appendChild(document.createElement('span'));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** As long as the place is in the page. */
export function onOtherInks(place: HTMLElement, redraw: () => void) {
  const changed = () => {
    if (place.isConnected) redraw();
    else dark.removeEventListener('change', changed);
  };
  dark.addEventListener('change', changed);
}
