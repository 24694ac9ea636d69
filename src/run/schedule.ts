/** Dense up to here, then a point at each 1 % of growth: equal spacing on a logarithmic axis. */
const DENSE = 100;
const GROWTH = 1.01;

/** The next position worth recording after `at`: the following one up to 100, then 1 % further. */
export const nextRecorded = (at: number): number => at < DENSE ? at + 1 : Math.max(at + 1, Math.ceil(at * GROWTH));

/** Growth from one thorough evaluation to the next; compact records keep the same rows of a curve. */
export const THOROUGH_GROWTH = 1.05;

/** From where on the first evaluation after a thorough one is thorough again. */
export const nextThorough = (epoch: number): number => Math.max(epoch + 1, epoch * THOROUGH_GROWTH);

/**
 * The next epoch to evaluate after `epoch`.
 *
 * @param every epochs between evaluations; 0 means every epoch up to 100, then whenever the epoch has grown by 1 %
 */
export const nextEvaluation = (epoch: number, every: number): number =>
  every > 0 ? epoch + every - (epoch % every) : nextRecorded(epoch);
