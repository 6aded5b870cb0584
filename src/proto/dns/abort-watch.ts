/** Abort signals with any number of waiters and one listener each. */
export interface AbortWatch {
  /** Calls back when the signal aborts, at once when it has. Returns the function that stops waiting. */
  add(signal: AbortSignal, onAbort: () => void): () => void;
  /** The promise's result, or `otherwise()` when the signal aborts first. */
  race<V>(promise: Promise<V>, signal: AbortSignal, otherwise: () => V): Promise<V>;
  /** Removes all listeners. */
  clear(): void;
}

/** Node warns of a leak at the eleventh listener on a signal; thousands of questions share one. */
export function createAbortWatch(): AbortWatch {
  const watched = new Map<AbortSignal, { waiters: Set<() => void>; stop: () => void }>();

  function add(signal: AbortSignal, onAbort: () => void): () => void {
    if (signal.aborted) {
      onAbort();
      return () => undefined;
    }
    let entry = watched.get(signal);
    if (entry === undefined) {
      const waiters = new Set<() => void>();
      const fire = (): void => {
        watched.delete(signal);
        for (const waiter of waiters) waiter();
      };
      signal.addEventListener("abort", fire, { once: true });
      entry = { waiters, stop: () => signal.removeEventListener("abort", fire) };
      watched.set(signal, entry);
    }
    const { waiters, stop } = entry;
    waiters.add(onAbort);
    return () => {
      waiters.delete(onAbort);
      if (waiters.size > 0 || watched.get(signal)?.waiters !== waiters) return;
      stop();
      watched.delete(signal);
    };
  }

  return {
    add,
    race(promise, signal, otherwise) {
      return new Promise((resolve, reject) => {
        const remove = add(signal, () => resolve(otherwise()));
        promise.then(resolve, reject).finally(remove);
      });
    },
    clear() {
      for (const { stop } of watched.values()) stop();
      watched.clear();
    },
  };
}
