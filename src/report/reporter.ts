import type { Report } from "../core/report.ts";

/** How a report is drawn; none of it changes what the report says. */
export interface Style {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** False where the locale cannot show more than ASCII. */
  readonly unicode: boolean;
  /** Transcripts in full, passes and skipped checks by name. */
  readonly verbose: boolean;
  /** False in a file or a pipe, where the verdict sentence stays on one line for whoever searches it. */
  readonly screen: boolean;
  /** With the waterfall of the run. */
  readonly timing: boolean;
  /** True when more than one target was asked for. */
  readonly several: boolean;
}

/** Turns a stream of reports into a stream of text that ends when the reports do. */
export type Reporter = (reports: AsyncIterable<Report>, style: Style) => AsyncIterable<string>;
