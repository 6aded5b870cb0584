import type { Scenario } from "../scenario.ts";
import { aliasMx } from "./alias-mx.ts";
import { deadBackup } from "./dead-backup.ts";
import { expiredCert } from "./expired-cert.ts";
import { greylisting } from "./greylisting.ts";
import { healthy } from "./healthy.ts";
import { masked } from "./masked.ts";
import { noStarttls } from "./no-starttls.ts";
import { nullMx } from "./null-mx.ts";
import { openRelay } from "./open-relay.ts";
import { rateLimited } from "./rate-limited.ts";
import { servfail } from "./servfail.ts";
import { slowGreeting } from "./slow-greeting.ts";
import { wrongName } from "./wrong-name.ts";

/** Every domain of the miniature internet, in the order in which the demo shows them. */
export const scenarios: readonly Scenario[] = [
  healthy,
  greylisting,
  noStarttls,
  expiredCert,
  aliasMx,
  nullMx,
  wrongName,
  masked,
  openRelay,
  deadBackup,
  slowGreeting,
  servfail,
  rateLimited,
];
