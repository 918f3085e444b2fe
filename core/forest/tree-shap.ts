import { type Forest, LEAF } from './forest.js';

/**
 * The path-dependent TreeSHAP values of one tree: what each feature contributes to the leaf a row reaches, averaged
 * over all orders in which features can become known; an unknown feature goes both ways, weighted by the training rows.
 * A path is a list of the features met, each with the share of rows (`zero`) and of this row (`one`) that goes on when
 * the feature is unknown or known, and the weight of the orderings in which so many are known.
 *
 * @see Lundberg, Erion & Lee 2018, "Consistent individualized feature attribution for tree ensembles", algorithm 2
 */
export class TreeShap {
  readonly #forest: Forest;
  readonly #feature: Int32Array;
  readonly #zero: Float64Array;
  readonly #one: Float64Array;
  readonly #weight: Float64Array;
  #row: Float64Array = new Float64Array(0);
  #base = 0;
  #firstLeaf = 0;
  #phi: Float64Array = new Float64Array(0);
  #output = 0;

  /** @param depth of the deepest tree */
  constructor(forest: Forest, depth: number) {
    this.#forest = forest;
    // every level of the recursion has its own copy of the path, one entry longer than its parent's
    const entries = ((depth + 2) * (depth + 3)) / 2;
    this.#feature = new Int32Array(entries);
    this.#zero = new Float64Array(entries);
    this.#one = new Float64Array(entries);
    this.#weight = new Float64Array(entries);
  }

  /**
   * Adds tree t's contributions to `phi`, shape (features, outputs).
   *
   * @param output where a tree with one value per leaf adds; with one value per class all outputs are added to
   */
  add(t: number, row: Float64Array, phi: Float64Array, output: number): void {
    this.#row = row;
    this.#base = this.#forest.treeOffsets[t]!;
    this.#firstLeaf = this.#forest.leafOffsets[t]!;
    this.#phi = phi;
    this.#output = output;
    this.#visit(0, 0, 0, 0, 1, 1, -1);
  }

  /** @param parent where the parent's path starts @param at where this node's path goes @param depth its last entry */
  #visit(node: number, parent: number, at: number, depth: number, zero: number, one: number, feature: number): void {
    for (let i = 0; i < depth; i++) {
      this.#feature[at + i] = this.#feature[parent + i]!;
      this.#zero[at + i] = this.#zero[parent + i]!;
      this.#one[at + i] = this.#one[parent + i]!;
      this.#weight[at + i] = this.#weight[parent + i]!;
    }
    this.#extend(at, depth, zero, one, feature);
    const { feature: features, threshold, left, missingLeft, cover } = this.#forest;
    const place = this.#base + node;
    const split = features[place]!;
    if (split === LEAF) {
      this.#addLeaf(this.#firstLeaf + left[place]!, at, depth);
      return;
    }
    let last = depth;
    let knownZero = 1;
    let knownOne = 1;
    for (let i = 1; i <= depth; i++) {
      if (this.#feature[at + i] !== split) continue;
      // the feature was met before: take it out of the path and go on from its shares
      knownZero = this.#zero[at + i]!;
      knownOne = this.#one[at + i]!;
      this.#unwind(at, depth, i);
      last--;
      break;
    }
    const value = this.#row[split]!;
    const goesLeft = Number.isNaN(value) ? missingLeft[place] === 1 : value <= threshold[place]!;
    const child = left[place]!;
    const taken = goesLeft ? child : child + 1;
    const other = goesLeft ? child + 1 : child;
    const whole = cover[place]!;
    const next = at + depth + 1;
    this.#visit(taken, at, next, last + 1, (knownZero * cover[this.#base + taken]!) / whole, knownOne, split);
    this.#visit(other, at, next, last + 1, (knownZero * cover[this.#base + other]!) / whole, 0, split);
  }

  #addLeaf(leaf: number, at: number, depth: number): void {
    const { leafWidth, leafValues } = this.#forest;
    const outputs = this.#forest.baseline.length;
    for (let i = 1; i <= depth; i++) {
      const share = this.#unwoundSum(at, depth, i) * (this.#one[at + i]! - this.#zero[at + i]!);
      const phi = this.#feature[at + i]! * outputs;
      if (leafWidth === 1) this.#phi[phi + this.#output]! += share * leafValues[leaf]!;
      else for (let k = 0; k < leafWidth; k++) this.#phi[phi + k]! += share * leafValues[leaf * leafWidth + k]!;
    }
  }

  /** Appends an entry and spreads the weights over one more feature. */
  #extend(at: number, depth: number, zero: number, one: number, feature: number): void {
    const weight = this.#weight;
    this.#feature[at + depth] = feature;
    this.#zero[at + depth] = zero;
    this.#one[at + depth] = one;
    weight[at + depth] = depth === 0 ? 1 : 0;
    for (let i = depth - 1; i >= 0; i--) {
      weight[at + i + 1]! += (one * weight[at + i]! * (i + 1)) / (depth + 1);
      weight[at + i] = (zero * weight[at + i]! * (depth - i)) / (depth + 1);
    }
  }

  /** Takes entry `index` out again. */
  #unwind(at: number, depth: number, index: number): void {
    const weight = this.#weight;
    const one = this.#one[at + index]!;
    const zero = this.#zero[at + index]!;
    let next = weight[at + depth]!;
    for (let i = depth - 1; i >= 0; i--) {
      if (one !== 0) {
        const before = weight[at + i]!;
        weight[at + i] = (next * (depth + 1)) / ((i + 1) * one);
        next = before - (weight[at + i]! * zero * (depth - i)) / (depth + 1);
      } else {
        weight[at + i] = (weight[at + i]! * (depth + 1)) / (zero * (depth - i));
      }
    }
    for (let i = at + index; i < at + depth; i++) {
      this.#feature[i] = this.#feature[i + 1]!;
      this.#zero[i] = this.#zero[i + 1]!;
      this.#one[i] = this.#one[i + 1]!;
    }
  }

  /** Sum of the weights as they would be without entry `index`. */
  #unwoundSum(at: number, depth: number, index: number): number {
    const weight = this.#weight;
    const one = this.#one[at + index]!;
    const zero = this.#zero[at + index]!;
    let sum = 0;
    if (one !== 0) {
      let next = weight[at + depth]!;
      for (let i = depth - 1; i >= 0; i--) {
        const share = next / ((i + 1) * one);
        sum += share;
        next = weight[at + i]! - share * zero * (depth - i);
      }
    } else {
      for (let i = depth - 1; i >= 0; i--) sum += weight[at + i]! / (zero * (depth - i));
    }
    return sum * (depth + 1);
  }
}
