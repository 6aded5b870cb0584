import type { Report } from "../../core/report.ts";
import { answersOf } from "../evidence.ts";
import { drawAnswer } from "../answers.ts";
import { drawDialogue } from "../dialogue.ts";
import { nameSubjects } from "../subjects.ts";
import { blank, type Line } from "./layout.ts";

/** Every conversation and DNS answer of a report in full, for `-v`. */
export function sessionLines(report: Report): Line[] {
  const lines: Line[] = [];
  for (const { kind, subject, transcript = [] } of report.observations) {
    if (transcript.length === 0) continue;
    lines.push(blank, { text: `Session: ${kind} ${nameSubjects([subject])}`, tone: "strong" });
    lines.push(...dialogueLines(transcript));
  }
  const answers = report.observations.flatMap((observation) => answersOf(observation));
  const drawn = [...new Set(answers.map((answer) => drawAnswer(answer)))];
  if (drawn.length > 0) lines.push(blank, { text: "DNS answers", tone: "strong" });
  return [...lines, ...drawn.map((text) => ({ indent: 2, label: "- ", text }))];
}

/** A transcript, one line each, marks and times dimmed. */
export function dialogueLines(transcript: Parameters<typeof drawDialogue>[0], indent = 2): Line[] {
  return drawDialogue(transcript).map(({ label, text }) => ({
    indent,
    label,
    labelTone: "dim",
    text,
  }));
}
