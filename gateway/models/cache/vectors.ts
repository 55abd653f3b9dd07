// Vectors of one bucket in one typed array, compared one by one: nothing has to be kept in order, and
// ten thousand of them take ten to thirty milliseconds (test/bench/cache.ts).

export interface Nearest {
  readonly hash: string;
  readonly likeness: number;
}

export interface VectorBucket {
  add(hash: string, vector: Float32Array): void;
  remove(hash: string): void;
  /** The likest above the threshold. */
  nearest(vector: Float32Array, threshold: number): Nearest | undefined;
  readonly size: number;
}

/** Vectors have unit length; where the bucket is full the oldest gives its place. */
export function createVectorBucket(most: number): VectorBucket {
  const hashes: string[] = [];
  const places = new Map<string, number>();
  let dimensions = 0;
  let data = new Float32Array(0);
  let oldest = 0;

  const placeFor = (hash: string): number => {
    const known = places.get(hash);
    if (known !== undefined) return known;
    if (hashes.length < most) return hashes.length;
    const place = oldest;
    oldest = (oldest + 1) % most;
    places.delete(hashes[place] ?? '');
    return place;
  };
  const reserve = (place: number): void => {
    if ((place + 1) * dimensions <= data.length) return;
    const larger = new Float32Array(Math.min(most, Math.max(16, place * 2)) * dimensions);
    larger.set(data);
    data = larger;
  };

  return {
    add: (hash, vector) => {
      if (vector.length !== dimensions) {
        // Another embedding model: its vectors cannot be compared with the old ones.
        hashes.length = 0;
        places.clear();
        dimensions = vector.length;
        data = new Float32Array(0);
        oldest = 0;
      }
      const place = placeFor(hash);
      reserve(place);
      data.set(vector, place * dimensions);
      hashes[place] = hash;
      places.set(hash, place);
    },
    remove: (hash) => {
      const place = places.get(hash);
      const last = hashes.pop();
      if (place === undefined || last === undefined) {
        if (last !== undefined) hashes.push(last);
        return;
      }
      places.delete(hash);
      if (last === hash) return;
      // The last one moves into the gap.
      hashes[place] = last;
      places.set(last, place);
      data.copyWithin(place * dimensions, hashes.length * dimensions, (hashes.length + 1) * dimensions);
    },
    nearest: (vector, threshold) => {
      if (vector.length !== dimensions) return undefined;
      let best = -1;
      let likeness = threshold;
      for (let place = 0, offset = 0; place < hashes.length; place++, offset += dimensions) {
        const sum = dot(data, offset, vector);
        if (sum < likeness) continue;
        likeness = sum;
        best = place;
      }
      const hash = hashes[best];
      return hash === undefined ? undefined : { hash, likeness };
    },
    get size() {
      return hashes.length;
    },
  };
}

/**
 * Four sums at once: one alone would wait for each addition to end before it begins the next. Every index is inside the
 * arrays by construction, and asking for each would double the time.
 */
function dot(data: Float32Array, offset: number, vector: Float32Array): number {
  const whole = vector.length - (vector.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let index = 0;
  for (; index < whole; index += 4) {
    const at = offset + index;
    a += (data[at] as number) * (vector[index] as number);
    b += (data[at + 1] as number) * (vector[index + 1] as number);
    c += (data[at + 2] as number) * (vector[index + 2] as number);
    d += (data[at + 3] as number) * (vector[index + 3] as number);
  }
  for (; index < vector.length; index++) a += (data[offset + index] as number) * (vector[index] as number);
  return a + b + c + d;
}
