/** A queue of events with one reader, who waits for the next one for a limited time. */
export interface Inbox<E> {
  push(event: E): void;
  /** The next event, or undefined when none came within `ms`. */
  next(ms: number): Promise<E | undefined>;
}

/** An empty inbox. */
export function createInbox<E>(): Inbox<E> {
  const events: E[] = [];
  let wake: ((event: E | undefined) => void) | undefined;
  return {
    push(event) {
      if (wake === undefined) events.push(event);
      else wake(event);
    },
    next(ms) {
      const event = events.shift();
      if (event !== undefined || ms <= 0) return Promise.resolve(event);
      return new Promise((resolve) => {
        const done = (result: E | undefined): void => {
          clearTimeout(timer);
          wake = undefined;
          resolve(result);
        };
        const timer = setTimeout(() => done(undefined), Math.ceil(ms));
        wake = done;
      });
    },
  };
}
