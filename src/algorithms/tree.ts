/** Named leaves, nested: the state of an optimiser, as tensors while it is traced and as arrays on the host. */
export type Tree<L> = { readonly [name: string]: L | Tree<L> };

const isLeaf = <L>(node: L | Tree<L>): node is L => Object.getPrototypeOf(node) !== Object.prototype;

/** Leaves by path, `optimiser/1/firstMoment`, in the order of the tree. */
export function leaves<L>(tree: Tree<L>, prefix = ""): Record<string, L> {
  const found: Record<string, L> = {};
  for (const [name, node] of Object.entries(tree)) {
    if (isLeaf(node)) found[prefix + name] = node;
    else Object.assign(found, leaves(node, `${prefix}${name}/`));
  }
  return found;
}

/** The tree whose leaves have these paths. */
export function treeOf<L>(found: Readonly<Record<string, L>>): Tree<L> {
  // deno-lint-ignore no-explicit-any -- built from the root down
  const root: any = {};
  for (const [path, leaf] of Object.entries(found)) {
    const names = path.split("/");
    const last = names.pop()!;
    names.reduce((node, name) => node[name] ??= {}, root)[last] = leaf;
  }
  return root;
}

/** A copy with every leaf replaced. */
export function mapTree<A, B>(tree: Tree<A>, f: (leaf: A) => B): Tree<B> {
  const entries = Object.entries(tree).map(([name, node]) => [name, isLeaf(node) ? f(node) : mapTree(node, f)]);
  return Object.fromEntries(entries) as Tree<B>;
}
