import { defineCheck, pass, problem } from "../define-check.ts";

/** This process runs with settings that weaken its own security. */
export const environmentWeakened = defineCheck({
  id: "environment/weakened",
  title: "This machine runs with safe settings",
  over: "environment",
  facts: [],
  specs: [{ ref: "RFC 9525 6", level: "advice" }],
  tags: ["environment"],
  messages: {
    weakened: {
      severity: "note",
      text: "This process runs with {settings}, which weakens the TLS of every Node program started here.",
      fix: "Unset it in the shell profile, service unit or container that sets it.",
      clause: "this machine runs with settings that weaken TLS",
    },
  },
  explain: {
    what: "Whether the environment of this process switches TLS verification off or loads weaker settings.",
    why: "The verdicts here do not depend on it, because trust is judged and not enforced, but other programs started in the same way trust anybody.",
    fix: "Remove the setting where it is made.",
    blind: "Settings of other programs on this machine.",
    falseAlarm: "A setting with a value that changes nothing is not reported.",
  },
  run: ({ data }) =>
    data.weakened.length === 0 ? pass() : problem("weakened", { settings: data.weakened }),
});
