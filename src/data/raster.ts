/** Side of an image in pixels, that of MNIST. */
export const SIDE = 28;

/** A 28 × 28 grey image under a round pen: one ink coverage in [0, 1] per pixel, row by row from the top left. */
export type Image = Float32Array;

/**
 * Draws the polyline `path` (x₀, y₀, x₁, y₁, … in pixels; pixel (i, j) has its centre at (i + ½, j + ½)) with a pen of
 * the given radius. The edge is antialiased over one pixel by the distance to the line; overlaps do not get darker.
 *
 * Only + − × ÷ √ and comparisons, all of which IEEE 754 rounds exactly: every machine draws the same image.
 */
export function draw(image: Image, path: readonly number[], radius: number): void {
  for (let i = 0; i + 3 < path.length; i += 2) segment(image, path[i], path[i + 1], path[i + 2], path[i + 3], radius);
}

function segment(image: Image, x0: number, y0: number, x1: number, y1: number, radius: number): void {
  const dx = x1 - x0, dy = y1 - y0;
  const lengthSquared = dx * dx + dy * dy;
  const reach = radius + 0.5;
  const left = clampIndex(Math.min(x0, x1) - reach), right = clampIndex(Math.max(x0, x1) + reach);
  const top = clampIndex(Math.min(y0, y1) - reach), bottom = clampIndex(Math.max(y0, y1) + reach);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0, py = row + 0.5 - y0;
      // The nearest point of the segment; a segment of length 0 is its own nearest point.
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const ex = px - along * dx, ey = py - along * dy;
      const coverage = Math.min(1, reach - Math.sqrt(ex * ex + ey * ey));
      const at = row * SIDE + column;
      if (coverage > image[at]) image[at] = coverage;
    }
  }
}

function clampIndex(x: number): number {
  return Math.min(SIDE - 1, Math.max(0, Math.floor(x)));
}

/**
 * The curve of Catmull and Rom through all control points, as a polyline of `pieces` parts per span. The ends are
 * doubled, so the curve begins and ends at its first and last point.
 *
 * @source E. Catmull and R. Rom, "A class of local interpolating splines", 1974.
 */
export function catmullRom(points: readonly number[], pieces: number): number[] {
  const count = points.length / 2;
  const at = (i: number, axis: number) => points[2 * Math.min(count - 1, Math.max(0, i)) + axis];
  const path = [points[0], points[1]];
  for (let i = 0; i + 1 < count; i++) {
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces;
      for (let axis = 0; axis < 2; axis++) {
        const a = at(i - 1, axis), b = at(i, axis), c = at(i + 1, axis), d = at(i + 2, axis);
        path.push(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
      }
    }
  }
  return path;
}
