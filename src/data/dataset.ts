/** One input of a model for every sample of a split: `values` is row-major, `width` numbers a row. */
export interface Column {
  readonly dtype: "int32" | "float32";
  readonly width: number;
  readonly values: Int32Array | Float32Array;
}

/** Half of a data set: the training samples or the test samples. */
export interface Split {
  readonly size: number;
  /** Inputs of the model by name, each with `size` rows. */
  readonly inputs: Readonly<Record<string, Column>>;
  /** Class of every sample, int32 [size], or its real numbers, float32 [size, targetWidth]. */
  readonly targets: Int32Array | Float32Array;
  /** Numbers a target; 1 where it is not said. */
  readonly targetWidth?: number;
}

/** What a case trains on and is judged by. */
export interface Dataset {
  readonly train: Split;
  readonly test: Split;
}

/** The rows `indices` of a column, in that order. */
export function gatherRows(column: Column, indices: Int32Array): Int32Array | Float32Array {
  const { values, width } = column;
  const out = values instanceof Int32Array
    ? new Int32Array(indices.length * width)
    : new Float32Array(indices.length * width);
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row] * width;
    out.set(values.subarray(from, from + width), row * width);
  }
  return out;
}

/** The targets of a split as one more column. */
export const targetsOf = ({ targets, targetWidth = 1 }: Split): Column => ({
  dtype: targets instanceof Int32Array ? "int32" : "float32",
  width: targetWidth,
  values: targets,
});

/** The samples `indices` of a split, in that order. */
export function select(split: Split, indices: Int32Array): Split {
  const inputs = Object.fromEntries(
    Object.entries(split.inputs).map(([name, column]) => [name, { ...column, values: gatherRows(column, indices) }]),
  );
  return { ...split, size: indices.length, inputs, targets: gatherRows(targetsOf(split), indices) };
}
