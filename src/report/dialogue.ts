import type { TranscriptEntry } from "../core/observation.ts";

/** One line of a drawn conversation: the time and mark before it, and what was said. */
export interface DialogueLine {
  /** Milliseconds since the conversation began, and the mark: "   12 ms <-  ". */
  readonly label: string;
  readonly text: string;
  readonly entry: TranscriptEntry;
}

/**
 * Draws a transcript with the marks that mail administrators know from swaks: `===` information,
 * `***` our own error, ` ->` and `<-` in the clear, ` ~>` and `<~` under TLS, `<**` and `<~*` for
 * a reply that was not expected.
 *
 * @param start the time of the conversation's first line; lines count from it
 */
export function drawDialogue(
  transcript: readonly TranscriptEntry[],
  start = transcript[0]?.atMs ?? 0,
): DialogueLine[] {
  return transcript.map((entry) => {
    const ms = String(Math.max(0, Math.round(entry.atMs - start))).padStart(5);
    return { label: `${ms} ms ${markOf(entry).padEnd(4)}`, text: entry.text, entry };
  });
}

function markOf({ from, encrypted, unexpected }: TranscriptEntry): string {
  if (from === "=") return "===";
  if (from === "!") return "***";
  if (from === "C") return encrypted ? " ~>" : " ->";
  if (unexpected === true) return encrypted ? "<~*" : "<**";
  return encrypted ? "<~" : "<-";
}
