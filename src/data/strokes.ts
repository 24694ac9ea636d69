/** A pen stroke: control points x₀, y₀, x₁, y₁, … with x to the right and y down, a digit being 2 high around (0, 0). */
export interface Stroke {
  /** Whether the pen rounds the inner points (Catmull–Rom) or turns sharply at them. */
  readonly smooth: boolean;
  readonly points: readonly number[];
}

const curve = (...points: number[]): Stroke => ({ smooth: true, points });
const line = (...points: number[]): Stroke => ({ smooth: false, points });

/** The ways to write each digit, drawn by hand for this project. */
export const digits: readonly (readonly (readonly Stroke[])[])[] = [
  [ // 0: an ellipse; a narrow one with overlapping ends
    [curve(0, -1, -.42, -.7, -.56, 0, -.42, .7, 0, 1, .42, .7, .56, 0, .42, -.7, 0, -1)],
    [curve(.16, -.95, -.2, -.9, -.46, -.2, -.4, .55, -.05, 1, .32, .65, .46, -.1, .3, -.8, -.1, -1)],
  ],
  [ // 1: a bar; with an upstroke; with a foot
    [line(0, -1, 0, 1)],
    [line(-.3, -.6, .05, -1, .05, 1)],
    [line(-.3, -.65, 0, -1, 0, 1), line(-.36, 1, .36, 1)],
  ],
  [ // 2: with a straight foot; with a loop
    [curve(-.5, -.55, -.32, -.9, .08, -1, .45, -.7, .38, -.22, 0, .35, -.52, .95), line(-.52, .95, .6, .95)],
    [curve(-.5, -.65, -.1, -1, .4, -.7, .3, -.1, -.1, .5, -.42, .92, -.55, .7, -.3, .55, .1, .85, .6, .85)],
  ],
  [ // 3: round; with a flat top
    [
      curve(-.45, -.72, -.05, -1, .4, -.7, .28, -.25, -.12, -.06),
      curve(-.12, -.06, .38, .12, .48, .55, .1, .98, -.52, .72),
    ],
    [line(-.45, -.95, .42, -.95, -.05, -.2), curve(-.05, -.2, .42, .05, .44, .6, .05, 1, -.5, .75)],
  ],
  [ // 4: open; closed
    [line(-.3, -.95, -.5, .15, .52, .15), line(.28, -.75, .22, 1)],
    [line(.22, 1, .22, -1, -.55, .3, .56, .3)],
  ],
  [ // 5: in one go; with the bar set on afterwards
    [line(.46, -.95, -.34, -.95, -.4, -.12), curve(-.4, -.12, .05, -.3, .46, .1, .36, .7, -.05, .98, -.5, .8)],
    [curve(-.3, -.9, -.36, -.15, .1, -.2, .44, .2, .3, .75, -.1, 1, -.48, .85), line(-.3, -.92, .5, -1)],
  ],
  [ // 6: round; with a straight back
    [curve(.36, -.95, -.15, -.6, -.46, 0, -.44, .6, -.06, .98, .36, .78, .42, .36, .06, .08, -.3, .28, -.44, .55)],
    [curve(.05, -1, -.3, -.3, -.44, .4, -.2, .95, .25, .92, .44, .5, .15, .15, -.2, .3, -.4, .65)],
  ],
  [ // 7: plain; with a cross bar; with a bent stem
    [line(-.5, -.9, .5, -.9, -.1, 1)],
    [line(-.5, -.9, .5, -.9, -.15, 1), line(-.3, .05, .42, .05)],
    [curve(-.52, -.75, -.2, -.88, .46, -.92, .3, -.3, .02, .3, -.05, 1)],
  ],
  [ // 8: in one go; as two rings
    [curve(.36, -.7, 0, -1, -.38, -.7, -.22, -.24, .26, .16, .45, .6, 0, 1, -.45, .6, -.24, .16, .24, -.24, .4, -.7)],
    [curve(0, -.06, -.34, -.5, 0, -1, .34, -.5, 0, -.06), curve(0, -.06, -.42, .5, 0, 1, .42, .5, 0, -.06)],
  ],
  [ // 9: with a straight stem; with a tail
    [curve(.4, -.6, .05, -1, -.4, -.72, -.38, -.28, 0, -.1, .34, -.34, .42, -.7), line(.42, -.7, .3, 1)],
    [curve(.4, -.6, .02, -1, -.42, -.68, -.34, -.22, .06, -.14, .38, -.5, .44, -.7, .42, .2, .2, .8, -.3, .95)],
  ],
];
