/** One line from the wire, without its line end. */
export interface Line {
  readonly bytes: Uint8Array;
  /** It ended in LF alone. */
  readonly bareLf: boolean;
}

/**
 * Collects bytes and cuts them into lines at LF. A line of more than `lineBytes` octets, its end
 * included, is "too-long", and nothing can be read any more.
 */
export class LineBuffer {
  readonly #lineBytes: number;
  #store = Buffer.alloc(1024);
  #from = 0;
  #to = 0;
  /** No LF stands before this place. */
  #searched = 0;

  constructor(lineBytes: number) {
    this.#lineBytes = lineBytes;
  }

  /** Number of octets that wait to be read. */
  get size(): number {
    return this.#to - this.#from;
  }

  feed(bytes: Uint8Array): void {
    if (this.#to + bytes.length > this.#store.length) {
      const size = this.size;
      const store =
        size + bytes.length > this.#store.length
          ? Buffer.alloc((size + bytes.length) * 2)
          : this.#store;
      this.#store.copy(store, 0, this.#from, this.#to);
      this.#store = store;
      this.#searched -= this.#from;
      this.#from = 0;
      this.#to = size;
    }
    this.#store.set(bytes, this.#to);
    this.#to += bytes.length;
  }

  /** The next whole line, undefined while there is none, or "too-long". */
  take(): Line | "too-long" | undefined {
    const found = this.#store.subarray(0, this.#to).indexOf(0x0a, this.#searched);
    const end = found < 0 ? this.#to : found + 1;
    if (end - this.#from > this.#lineBytes) return "too-long";
    this.#searched = end;
    if (found < 0) return undefined;
    const bareLf = found === this.#from || this.#store[found - 1] !== 0x0d;
    const bytes = Buffer.from(this.#store.subarray(this.#from, bareLf ? found : found - 1));
    this.#from = end;
    return { bytes, bareLf };
  }

  /** A copy of the first octets that wait, at most `most`. */
  peek(most = 256): Uint8Array {
    return Buffer.from(this.#store.subarray(this.#from, Math.min(this.#to, this.#from + most)));
  }

  /** Throws away what waits, and returns at most the first 256 octets of it. */
  clear(): Uint8Array {
    const head = this.peek();
    this.#from = 0;
    this.#to = 0;
    this.#searched = 0;
    return head;
  }
}
