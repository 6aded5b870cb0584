/** Limits how many connections are open at a time, in all and to one host. */
export interface Slots {
  /**
   * Waits for a free slot for the host and returns its release function.
   * Rejects with the signal's reason when aborted while waiting.
   */
  acquire(host: string, signal: AbortSignal): Promise<() => void>;
}

/** Slots are given in the order of asking, but a host at its limit does not hold up the others. */
export function createSlots(total: number, perHost: number): Slots {
  interface Waiter {
    readonly host: string;
    readonly start: () => void;
  }
  const waiting: Waiter[] = [];
  const open = new Map<string, number>();
  let used = 0;

  const fits = (host: string): boolean => used < total && (open.get(host) ?? 0) < perHost;

  function take(host: string): () => void {
    used += 1;
    open.set(host, (open.get(host) ?? 0) + 1);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      used -= 1;
      const left = (open.get(host) ?? 1) - 1;
      if (left === 0) open.delete(host);
      else open.set(host, left);
      const index = waiting.findIndex((waiter) => fits(waiter.host));
      if (index >= 0) waiting.splice(index, 1)[0]?.start();
    };
  }

  return {
    acquire(host, signal) {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      if (fits(host)) return Promise.resolve(take(host));
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          host,
          start: () => {
            signal.removeEventListener("abort", leave);
            resolve(take(host));
          },
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", leave, { once: true });
        waiting.push(waiter);
      });
    },
  };
}
