/** Lets a number of callers in at a time, the others in the order in which they came. */
export interface Gate {
  /** Resolves to the function that leaves again, or to undefined when it took longer than `ms`. */
  enter(ms?: number): Promise<(() => void) | undefined>;
}

/** A gate for `most` at a time. */
export function createGate(most: number): Gate {
  const waiting = new Set<() => void>();
  let inside = 0;

  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      inside -= 1;
      return;
    }
    waiting.delete(next);
    next();
  };
  const once = (): (() => void) => {
    let left = false;
    return () => {
      if (!left) leave();
      left = true;
    };
  };

  return {
    enter(ms) {
      if (inside < most) {
        inside += 1;
        return Promise.resolve(once());
      }
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const start = (): void => {
          clearTimeout(timer);
          resolve(once());
        };
        waiting.add(start);
        if (ms === undefined) return;
        timer = setTimeout(() => {
          waiting.delete(start);
          resolve(undefined);
        }, ms);
      });
    },
  };
}
