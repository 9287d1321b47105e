import { Resvg } from '@resvg/resvg-js';

/** The hound's head in profile, nose to the right, on a field of 120 by 120. */
const HEAD =
  'M20 104 C22 84 26 70 28 56 C30 34 44 20 62 20 C72 20 79 25 83 33 C92 37 102 41 110 45 C115 48 114 56 109 60 ' +
  'C100 66 90 68 80 70 C76 78 76 90 80 104 Z';
const EAR = 'M44 30 C32 36 26 56 30 78 C32 88 42 88 47 78 C52 66 56 50 56 38 C56 30 50 26 44 30 Z';
const FIELD = '#3b2f2f';

/** 192 by 192, in colour: what Teams shows in the store and beside messages. */
export function colorIcon(): Uint8Array {
  return png(
    `<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192">
      <rect width="192" height="192" fill="${FIELD}"/>
      <g transform="translate(36 34)">
        <path d="${HEAD}" fill="#f4ede4"/>
        <path d="${EAR}" fill="#c98b4b"/>
        <circle cx="76" cy="42" r="4" fill="${FIELD}"/>
        <circle cx="108" cy="50" r="6" fill="${FIELD}"/>
      </g>
    </svg>`,
  );
}

/** 32 by 32, white on nothing: what Teams shows in its bar. */
export function outlineIcon(): Uint8Array {
  return png(
    `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">
      <g transform="translate(0 0) scale(0.2667)" fill="none" stroke="#ffffff" stroke-width="8" stroke-linejoin="round">
        <path d="${HEAD}"/>
        <path d="${EAR}"/>
      </g>
    </svg>`,
  );
}

function png(svg: string): Uint8Array {
  return new Uint8Array(new Resvg(svg).render().asPng());
}
