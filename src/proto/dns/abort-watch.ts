/** Abort signals with any number of waiters and one listener each. */
export interface AbortWatch {
  /** The promise's result, or `otherwise()` when the signal aborts first. */
  race<V>(promise: Promise<V>, signal: AbortSignal, otherwise: () => V): Promise<V>;
  /** Removes all listeners. */
  clear(): void;
}

interface Watched {
  readonly waiters: Set<() => void>;
  readonly stop: () => void;
}

/** Node warns of a leak at the eleventh listener on a signal; thousands of questions share one. */
export function createAbortWatch(): AbortWatch {
  const watched = new Map<AbortSignal, Watched>();

  function watch(signal: AbortSignal): Watched {
    const waiters = new Set<() => void>();
    const fire = (): void => {
      watched.delete(signal);
      for (const waiter of waiters) waiter();
    };
    signal.addEventListener("abort", fire, { once: true });
    const fresh = { waiters, stop: () => signal.removeEventListener("abort", fire) };
    watched.set(signal, fresh);
    return fresh;
  }

  return {
    race(promise, signal, otherwise) {
      if (signal.aborted) return Promise.resolve(otherwise());
      const entry = watched.get(signal) ?? watch(signal);
      return new Promise((resolve, reject) => {
        const give = (): void => resolve(otherwise());
        const leave = (): void => {
          entry.waiters.delete(give);
          if (entry.waiters.size > 0 || watched.get(signal) !== entry) return;
          entry.stop();
          watched.delete(signal);
        };
        entry.waiters.add(give);
        promise.then(
          (value) => {
            leave();
            resolve(value);
          },
          (error: unknown) => {
            leave();
            reject(error);
          },
        );
      });
    },
    clear() {
      for (const { stop } of watched.values()) stop();
      watched.clear();
    },
  };
}
