import { known, unknown } from "../core/fact.ts";
import { classifyRefusal } from "../knowledge/refusal.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { isAccepted, isPermanent, refusedBecause } from "./refused.ts";
import { isOff, type Trait } from "./session-traits.ts";

/** Whether the server refuses an invented recipient of the domain; "none" where nobody asked. */
export function refusesUnknown({
  data,
  failure,
  skipReason,
}: ObservationOf<"smtp-envelope">): Trait {
  if (data === null) {
    const cause = unknown(skipReason ?? failure ?? "depends-on");
    return isOff(cause) ? known("none") : cause;
  }
  const { unknownRecipient } = data;
  if (isOff(unknownRecipient)) return known("none");
  if (!unknownRecipient.known) return unknownRecipient;
  const { reply } = unknownRecipient.value;
  if (isAccepted(reply)) return known("no");
  switch (classifyRefusal(reply)) {
    case "no-such-user":
    case "relay-denied":
    case "mailbox-full":
      return known("yes");
    case "policy":
    case "other":
      return isPermanent(reply) ? known("yes") : refusedBecause(reply);
    default:
      return refusedBecause(reply);
  }
}
