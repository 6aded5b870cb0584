import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** From here on, senders with short time limits are known to give up. */
const slowMs = 10_000;

/** A greeting that takes its time. */
export const smtpGreetingSlow = defineCheck({
  id: "smtp/greeting-slow",
  title: "The server greets soon",
  over: "smtp-hello",
  facts: ["greeting"],
  specs: [{ ref: "RFC 5321 4.5.3.2.1", level: "advice" }],
  tags: ["smtp", "timing"],
  messages: {
    slow: {
      severity: "note",
      text: "{server} took {seconds} s to greet. Senders that keep to the standard wait five minutes; impatient ones give up after 10 to 30 seconds.",
      fix: "If the delay is meant (postscreen_greet_wait, a delay in Exim's connect ACL, greet_pause in Sendmail), keep it below 10 seconds; if not, look for slow name or blocklist lookups at connect time.",
      clause: "{who} {who:takes|take} {seconds} s to greet",
    },
  },
  explain: {
    what: "How long the server takes from the connection to the end of its greeting.",
    why: "Monitoring, appliances and some senders have time limits far below the five minutes of the standard.",
    fix: "Shorten the delay, or speed up the lookups that the server makes about its clients.",
    blind: "A delay that strikes only some clients, for example those on a blocklist.",
    falseAlarm:
      "Many servers delay the greeting on purpose, because spam programs do not wait: below 10 seconds this check is silent, and above it stays a note.",
  },
  run: ({ observation, subject }) => {
    const { greetingMs = 0 } = observation.timings;
    if (greetingMs < slowMs) return pass();
    const seconds = Math.round(greetingMs / 1000);
    return problem("slow", { server: serverOf(subject), seconds });
  },
});
