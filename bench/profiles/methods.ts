/** The methods of the paper, their controls and ablations, and the baselines. */
export const METHODS: readonly string[] = [
  "adamw",
  "adamw-tuned",
  "adamw-restart",
  "adam-l2",
  "adam-l2-scratch",
  "ppm",
  "ppm-adamw",
  "ppm-gradpred",
  "ppm-scratch",
  "ppm-nopush",
  "ppm-nochase",
  "pp-conn",
  "pp-conn-fast",
  "pp-conn-gradpred",
  "pp-conn-alone",
  "pp-conn-gradpred-alone",
  "pp-conn-random",
];

/** The image case is `mnist1k` where its data are or can be fetched, and `glyphs1k` elsewhere. */
export const IMAGE = { firstAvailable: ["mnist1k", "glyphs1k"] };
