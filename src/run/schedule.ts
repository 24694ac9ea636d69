/** Dense up to here, then a point at each 1 % of growth: equal spacing on a logarithmic axis. */
const DENSE = 100;
const GROWTH = 1.01;

/** The next position worth recording after `at`: the following one up to 100, then 1 % further. */
export const nextRecorded = (at: number): number => at < DENSE ? at + 1 : Math.max(at + 1, Math.ceil(at * GROWTH));

/** From where on a position is far enough from the last one, where each is to be so many times the one before. */
export const grownBy = (factor: number) => (at: number): number => Math.max(at + 1, at * factor);

/** From where on the first evaluation after a thorough one is thorough again; compact records keep the same rows. */
export const nextThorough = grownBy(1.05);

/**
 * The next epoch to evaluate after `epoch`.
 *
 * @param every epochs between evaluations; 0 means every epoch up to 100, then whenever the epoch has grown by 1 %
 */
export const nextEvaluation = (epoch: number, every: number): number =>
  every > 0 ? epoch + every - (epoch % every) : nextRecorded(epoch);
