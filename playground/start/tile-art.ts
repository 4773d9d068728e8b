const SIDE = 40;
const CELLS = 4;

/** Ground and three inks each: clay, sea, pine, saffron, plum, slate. */
const PALETTES = [
  ['#f3dfcf', '#b4532a', '#e2a15f', '#5b3a29'],
  ['#d7e6ea', '#1f6f8b', '#f0b66b', '#143c4a'],
  ['#dfe8d8', '#3f6b4f', '#c9a15a', '#22382b'],
  ['#f8e8c4', '#d98e1f', '#a8432f', '#5d3a12'],
  ['#ebdde6', '#7d3f68', '#e0a27c', '#3c2036'],
  ['#dfe3ea', '#4a5f7f', '#d9a05b', '#252f42'],
] as const;

/**
 * A pattern of tiles laid like the floor of a market hall, drawn from the name alone: the same product always gets
 * the same one, and no request goes out for it.
 */
export function drawTileArt(name: string): SVGSVGElement {
  const random = randomFrom(name);
  const palette = PALETTES[Math.floor(random() * PALETTES.length)] ?? PALETTES[0];
  const side = SIDE * CELLS;
  const art = svg('svg', {
    viewBox: `0 0 ${side} ${side}`,
    preserveAspectRatio: 'xMidYMid slice',
    'aria-hidden': 'true',
  });
  art.append(svg('rect', { width: side, height: side, fill: palette[0] }));
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    art.append(tile(cell % CELLS, Math.floor(cell / CELLS), palette, random));
  }
  return art;
}

const HALF = SIDE / 2;
const SHAPES = [
  `M0 0H${SIDE}A${SIDE} ${SIDE} 0 0 1 0 ${SIDE}Z`,
  `M0 0A${SIDE} ${SIDE} 0 0 1 ${SIDE} ${SIDE}A${SIDE} ${SIDE} 0 0 1 0 0Z`,
  `M0 0H${SIDE}V${HALF}A${HALF} ${HALF} 0 0 1 0 ${HALF}Z`,
  `M${HALF} 0A${HALF} ${HALF} 0 0 0 ${SIDE} ${HALF}A${HALF} ${HALF} 0 0 0 ${HALF} ${SIDE}A${HALF} ${HALF} 0 0 0 0 ${HALF}A${HALF} ${HALF} 0 0 0 ${HALF} 0Z`,
];

function tile(column: number, row: number, [, ...inks]: readonly string[], random: () => number) {
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
  const ink = pick(inks);
  const turn = pick([0, 90, 180, 270]);
  return svg('path', {
    d: pick(SHAPES),
    fill: ink,
    // Over the hairline that rounding leaves between neighbours.
    stroke: ink,
    'stroke-width': 0.4,
    transform: `translate(${column * SIDE} ${row * SIDE}) rotate(${turn} ${HALF} ${HALF})`,
  });
}

function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number>,
) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** Numbers from 0 to 1 that follow from the text (FNV-1a, then mulberry32). */
function randomFrom(text: string) {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
