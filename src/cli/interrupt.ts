/** What became of the signals that a process got. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** 130 after SIGINT, 143 after SIGTERM, undefined while undisturbed. */
  exitCode(): number | undefined;
}

const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** A partial report must be out by then; after that the process leaves without it. */
const patienceMs = 3_000;

/** Turns the first SIGINT or SIGTERM into an abort; the second one leaves at once. */
export function listenForSignals(process: Pick<NodeJS.Process, "on" | "exit">): Interrupt {
  const controller = new AbortController();
  let code: number | undefined;
  const onSignal = (name: keyof typeof codes): void => {
    if (code !== undefined) process.exit(codes[name]);
    code = codes[name];
    setTimeout(() => process.exit(codes[name]), patienceMs).unref();
    controller.abort(new Error("aborted"));
  };
  for (const name of Object.keys(codes) as (keyof typeof codes)[])
    process.on(name, () => onSignal(name));
  return {
    signal: controller.signal,
    exitCode: () => code,
  };
}
