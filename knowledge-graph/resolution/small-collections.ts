// Maps and sets for the many entities of which little is said: a list until they grow, at a third of the memory. Most names
// of a large collection occur once, and six built-in collections for each of them weigh more than the text.
// Invariant: they keep the order of insertion, as the built-in ones do.

/** A list is searched up to this length. */
const LISTED = 8;

export class SmallMap<Key, Value> implements Iterable<readonly [Key, Value]> {
  // Replaced rather than appended to: an array that grows by one reserves room for sixteen.
  #entries: readonly (readonly [Key, Value])[] | undefined;
  #grown: Map<Key, Value> | undefined;

  get size(): number {
    return this.#grown?.size ?? this.#entries?.length ?? 0;
  }

  get(key: Key): Value | undefined {
    if (this.#grown !== undefined) return this.#grown.get(key);
    for (const entry of this.#entries ?? []) if (entry[0] === key) return entry[1];
    return undefined;
  }

  has(key: Key): boolean {
    return this.#grown?.has(key) ?? this.#entries?.some((entry) => entry[0] === key) ?? false;
  }

  set(key: Key, value: Value): this {
    const entries = this.#entries ?? [];
    if (this.#grown !== undefined) this.#grown.set(key, value);
    else if (this.has(key)) this.#entries = entries.map((entry) => (entry[0] === key ? [key, value] : entry));
    else if (entries.length < LISTED) this.#entries = [...entries, [key, value]];
    else {
      this.#grown = new Map(entries).set(key, value);
      this.#entries = undefined;
    }
    return this;
  }

  clear(): void {
    this.#entries = undefined;
    this.#grown = undefined;
  }

  keys(): Iterable<Key> {
    return this.#grown?.keys() ?? this.#entries?.map(([key]) => key) ?? [];
  }

  [Symbol.iterator](): Iterator<readonly [Key, Value]> {
    return (this.#grown ?? this.#entries ?? [])[Symbol.iterator]();
  }
}

export class SmallSet<Value> implements Iterable<Value> {
  #values: readonly Value[] | undefined;
  #grown: Set<Value> | undefined;

  get size(): number {
    return this.#grown?.size ?? this.#values?.length ?? 0;
  }

  has(value: Value): boolean {
    return this.#grown?.has(value) ?? this.#values?.includes(value) ?? false;
  }

  add(value: Value): this {
    if (this.#grown !== undefined) this.#grown.add(value);
    else if (!this.has(value)) {
      const values = [...(this.#values ?? []), value];
      if (values.length <= LISTED) this.#values = values;
      else {
        this.#grown = new Set(values);
        this.#values = undefined;
      }
    }
    return this;
  }

  [Symbol.iterator](): Iterator<Value> {
    return (this.#grown ?? this.#values ?? [])[Symbol.iterator]();
  }
}
