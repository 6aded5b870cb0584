import { domainExam } from "./domain.ts";
import type { Exam } from "./exam.ts";
import { handshakeExam } from "./handshake.ts";
import { routeExam } from "./route.ts";

/** Every exam by name: `check`, `mx` and `smtp` on the command line. */
export const exams = {
  domain: domainExam,
  route: routeExam,
  handshake: handshakeExam,
} satisfies Record<string, Exam>;

export type ExamName = keyof typeof exams;
