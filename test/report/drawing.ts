import type { Report } from "../../src/core/report.ts";
import type { Reporter, Style } from "../../src/report/reporter.ts";

export const plainStyle: Style = {
  width: 80,
  colour: false,
  unicode: true,
  verbose: false,
  several: false,
  screen: true,
  timing: false,
};

/** All that a reporter writes for the reports. */
export async function draw(
  reporter: Reporter,
  reports: readonly Report[],
  style: Partial<Style> = {},
): Promise<string> {
  const stream = async function* () {
    yield* reports;
  };
  const several = reports.length > 1;
  let text = "";
  for await (const part of reporter(stream(), { ...plainStyle, several, ...style })) text += part;
  return text;
}
