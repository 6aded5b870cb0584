/** A queue that one side fills and the other reads until it is closed. */
export interface Channel<T> extends AsyncIterable<T> {
  push(item: T): void;
  close(): void;
}

/** Returns an empty channel; one reader. */
export function createChannel<T>(): Channel<T> {
  const items: T[] = [];
  let closed = false;
  let wake = (): void => {};
  return {
    push(item) {
      items.push(item);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) yield item;
        else if (closed) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}
