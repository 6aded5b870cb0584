import { announcedExtensions, megabytes, sizeLimitOf } from "../announced.ts";
import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Octets. Below it a few photographs do not fit. */
const least = 10_000_000;

/** A limit for messages that everyday attachments exceed. */
export const smtpSizeLimit = defineCheck({
  id: "smtp/size-limit",
  title: "Messages of ordinary size are accepted",
  over: "smtp-hello",
  facts: ["hello"],
  specs: [{ ref: "RFC 1870 3", level: "advice" }],
  tags: ["smtp"],
  messages: {
    small: {
      severity: "note",
      text: "{server} accepts messages of at most {limit}, where {least} and more are usual; larger ones come back to their senders.",
      fix: "Unless the limit is meant, raise it: message_size_limit in Postfix, message_size_limit in Exim, MaxMessageSize in Sendmail.",
      clause: "{who} {who:accepts|accept} only messages of up to {limit}",
    },
  },
  explain: {
    what: "The largest message that the server announces with SIZE, inside TLS where there is TLS.",
    why: "Attachments grow by a third on the way, and senders return what is larger without trying.",
    fix: "Allow at least what your correspondents' servers allow, 25 to 50 MB with most.",
    blind: "Limits that the server does not announce, and those of single mailboxes.",
    falseAlarm:
      "SIZE without a number, or with 0, states no limit, and Postfix's default of 10.24 MB is enough to pass.",
  },
  run: ({ data, facts, subject }) => {
    if (facts.hello.verb === "HELO") return notApplicable();
    const extensions = announcedExtensions(data);
    if (!extensions.known) return cannotTell(extensions);
    const limit = sizeLimitOf(extensions.value);
    if (limit === undefined || limit >= least) return pass();
    const shown = { server: serverOf(subject), limit: megabytes(limit), least: megabytes(least) };
    return problem("small", shown);
  },
});
