// Trains a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) by AdaGrad on sparse features.
// A token may allow several labels: the likelihood is then of all paths through the allowed ones.
export interface Example {
  /** Feature numbers of each token. */
  readonly features: readonly Int32Array[];
  /** 1 where a label is allowed: `tokens × labels`. */
  readonly allowed: Uint8Array;
}

export interface Weights {
  /** `features × labels`. */
  readonly emission: Float64Array;
  /** `labels × labels`, from row to column; row `labels` is the start. */
  readonly transition: Float64Array;
}

export interface TrainOptions {
  readonly labels: number;
  readonly features: number;
  readonly epochs: number;
  readonly rate: number;
  /** Strength of the pull of each weight towards zero, per update of it. */
  readonly decay: number;
  /** A transition that may never happen. */
  readonly forbidden: (from: number, to: number) => boolean;
  /** The examples of an epoch, in the order in which to see them. */
  readonly epoch: (number: number) => Iterable<Example>;
}

const NEVER = -1e9;

export function train(options: TrainOptions): Weights {
  const { labels: L, features, rate, decay } = options;
  const emission = new Float64Array(features * L);
  const transition = new Float64Array((L + 1) * L);
  for (let from = 0; from <= L; from++) {
    for (let to = 0; to < L; to++) if (options.forbidden(from, to)) transition[from * L + to] = NEVER;
  }
  const emissionSquares = new Float64Array(features * L).fill(1e-6);
  const transitionSquares = new Float64Array((L + 1) * L).fill(1e-6);
  const step = (weights: Float64Array, squares: Float64Array, at: number, gradient: number): void => {
    const pulled = gradient - decay * (weights[at] ?? 0);
    squares[at] = (squares[at] ?? 0) + pulled * pulled;
    weights[at] = (weights[at] ?? 0) + (rate * pulled) / Math.sqrt(squares[at] ?? 1);
  };
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (const example of options.epoch(epoch)) {
      const T = example.features.length;
      const scores = emissionScores(example.features, emission, L);
      const free = marginals(scores, transition, T, L);
      const held = marginals(scores, transition, T, L, example.allowed);
      for (let t = 0; t < T; t++) {
        for (let y = 0; y < L; y++) {
          const gradient = (held.node[t * L + y] ?? 0) - (free.node[t * L + y] ?? 0);
          if (Math.abs(gradient) < 1e-4) continue;
          for (const feature of example.features[t] ?? []) step(emission, emissionSquares, feature * L + y, gradient);
        }
      }
      for (let at = 0; at < transition.length; at++) {
        const gradient = (held.edge[at] ?? 0) - (free.edge[at] ?? 0);
        if (Math.abs(gradient) >= 1e-4 && transition[at] !== NEVER) step(transition, transitionSquares, at, gradient);
      }
    }
  }
  return { emission, transition };
}

function emissionScores(features: readonly Int32Array[], emission: Float64Array, L: number): Float64Array {
  const scores = new Float64Array(features.length * L);
  features.forEach((row, t) => {
    for (const feature of row) {
      for (let y = 0; y < L; y++) scores[t * L + y] = (scores[t * L + y] ?? 0) + (emission[feature * L + y] ?? 0);
    }
  });
  return scores;
}

/** Probabilities of labels and expected counts of transitions, by scaled forward and backward sums. */
function marginals(
  scores: Float64Array,
  transition: Float64Array,
  T: number,
  L: number,
  allowed?: Uint8Array,
): { readonly node: Float64Array; readonly edge: Float64Array } {
  const local = new Float64Array(T * L);
  for (let t = 0; t < T; t++) {
    let top = -Infinity;
    for (let y = 0; y < L; y++) top = Math.max(top, scores[t * L + y] ?? 0);
    for (let y = 0; y < L; y++) {
      local[t * L + y] = allowed !== undefined && allowed[t * L + y] === 0 ? 0 : Math.exp((scores[t * L + y] ?? 0) - top);
    }
  }
  const moves = transition.map((weight) => (weight === NEVER ? 0 : Math.exp(weight)));
  const forward = new Float64Array(T * L);
  const backward = new Float64Array(T * L).fill(1);
  const scale = new Float64Array(T);
  for (let t = 0; t < T; t++) {
    let sum = 0;
    for (let y = 0; y < L; y++) {
      let into = 0;
      if (t === 0) into = moves[L * L + y] ?? 0;
      else for (let x = 0; x < L; x++) into += (forward[(t - 1) * L + x] ?? 0) * (moves[x * L + y] ?? 0);
      const value = into * (local[t * L + y] ?? 0);
      forward[t * L + y] = value;
      sum += value;
    }
    scale[t] = sum === 0 ? 1e-300 : sum;
    for (let y = 0; y < L; y++) forward[t * L + y] = (forward[t * L + y] ?? 0) / (scale[t] ?? 1);
  }
  for (let t = T - 2; t >= 0; t--) {
    for (let x = 0; x < L; x++) {
      let sum = 0;
      for (let y = 0; y < L; y++) {
        sum += (moves[x * L + y] ?? 0) * (local[(t + 1) * L + y] ?? 0) * (backward[(t + 1) * L + y] ?? 0);
      }
      backward[t * L + x] = sum / (scale[t + 1] ?? 1);
    }
  }
  const node = new Float64Array(T * L);
  const edge = new Float64Array((L + 1) * L);
  for (let t = 0; t < T; t++) {
    for (let y = 0; y < L; y++) node[t * L + y] = (forward[t * L + y] ?? 0) * (backward[t * L + y] ?? 0);
    for (let y = 0; y < L; y++) {
      if (t === 0) {
        edge[L * L + y] = node[y] ?? 0;
        continue;
      }
      const after = ((local[t * L + y] ?? 0) * (backward[t * L + y] ?? 0)) / (scale[t] ?? 1);
      if (after === 0) continue;
      for (let x = 0; x < L; x++) {
        edge[x * L + y] = (edge[x * L + y] ?? 0) + (forward[(t - 1) * L + x] ?? 0) * (moves[x * L + y] ?? 0) * after;
      }
    }
  }
  return { node, edge };
}
