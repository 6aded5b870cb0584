import type { Target } from "../core/target.ts";
import type { ExamContext } from "../probes/context.ts";
import type { EnvironmentData } from "../probes/kinds.ts";
import type { Sessions } from "./sessions.ts";

export interface ExamInput {
  readonly target: Target;
  readonly ctx: ExamContext;
  readonly sessions: Sessions;
  readonly environment: EnvironmentData;
  readonly control: { readonly host: string; readonly port: number } | undefined;
}

/** Makes the observations that one question needs; an ordinary function with loops. */
export type Exam = (input: ExamInput) => Promise<void>;
