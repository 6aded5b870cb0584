import type { Scenario } from "../scenario.ts";
import { aliasMx } from "./alias-mx.ts";
import { allDead } from "./all-dead.ts";
import { authBeforeTls } from "./auth-before-tls.ts";
import { catchAll } from "./catch-all.ts";
import { customerLine } from "./customer-line.ts";
import { deadBackup } from "./dead-backup.ts";
import { expiredCert } from "./expired-cert.ts";
import { foreignPtr } from "./foreign-ptr.ts";
import { greylisting } from "./greylisting.ts";
import { healthy } from "./healthy.ts";
import { hosted } from "./hosted.ts";
import { implicitMx } from "./implicit-mx.ts";
import { incompleteChain } from "./incomplete-chain.ts";
import { internationalised } from "./internationalised.ts";
import { ipv4Only } from "./ipv4-only.ts";
import { literalMx } from "./literal-mx.ts";
import { localhostMx } from "./localhost-mx.ts";
import { manyRecords } from "./many-records.ts";
import { masked } from "./masked.ts";
import { noBounces } from "./no-bounces.ts";
import { noEhlo } from "./no-ehlo.ts";
import { noPostmaster } from "./no-postmaster.ts";
import { noPtr } from "./no-ptr.ts";
import { noStarttls } from "./no-starttls.ts";
import { notServed } from "./not-served.ts";
import { notYetValid } from "./not-yet-valid.ts";
import { nullMx } from "./null-mx.ts";
import { nullMxAndMore } from "./null-mx-and-more.ts";
import { oddReplies } from "./odd-replies.ts";
import { oldTls } from "./old-tls.ts";
import { oneServer } from "./one-server.ts";
import { openRelay } from "./open-relay.ts";
import { overQuota } from "./over-quota.ts";
import { plainTextInjected } from "./plain-text-injected.ts";
import { privateMx } from "./private-mx.ts";
import { rateLimited } from "./rate-limited.ts";
import { refusesUs } from "./refuses-us.ts";
import { selfSigned } from "./self-signed.ts";
import { servfail } from "./servfail.ts";
import { silent } from "./silent.ts";
import { slowGreeting } from "./slow-greeting.ts";
import { spfAll } from "./spf-all.ts";
import { spfTypo } from "./spf-typo.ts";
import { starttlsBroken } from "./starttls-broken.ts";
import { starttlsRefused } from "./starttls-refused.ts";
import { starttlsTwice } from "./starttls-twice.ts";
import { subdomain } from "./subdomain.ts";
import { tinySize } from "./tiny-size.ts";
import { twoDmarc } from "./two-dmarc.ts";
import { twoFaced } from "./two-faced.ts";
import { twoSpf } from "./two-spf.ts";
import { typoMx } from "./typo-mx.ts";
import { unprotected } from "./unprotected.ts";
import { weakBackup } from "./weak-backup.ts";
import { weakKey } from "./weak-key.ts";
import { webOn25 } from "./web-on-25.ts";
import { wildcard } from "./wildcard.ts";
import { wrongName } from "./wrong-name.ts";
import { wrongPort } from "./wrong-port.ts";
import { xclient } from "./xclient.ts";

/** Domains that belong together. */
export interface Chapter {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

/** The miniature internet in the order in which the demo shows it. */
export const chapters: readonly Chapter[] = [
  {
    title: "Healthy, however odd some of it looks",
    scenarios: [
      healthy,
      greylisting,
      slowGreeting,
      ipv4Only,
      implicitMx,
      nullMx,
      wildcard,
      hosted,
      subdomain,
      internationalised,
      manyRecords,
      oddReplies,
      catchAll,
      oneServer,
      tinySize,
      starttlsTwice,
    ],
  },
  {
    title: "Nothing can be told",
    scenarios: [servfail, rateLimited, refusesUs, silent],
  },
  {
    title: "Something is wrong on the way to the server",
    scenarios: [
      typoMx,
      allDead,
      deadBackup,
      privateMx,
      localhostMx,
      literalMx,
      aliasMx,
      nullMxAndMore,
      wrongPort,
      webOn25,
      twoFaced,
      weakBackup,
    ],
  },
  {
    title: "Something is wrong in the conversation",
    scenarios: [
      openRelay,
      notServed,
      noBounces,
      noPostmaster,
      overQuota,
      noEhlo,
      xclient,
      authBeforeTls,
      noPtr,
      foreignPtr,
      customerLine,
    ],
  },
  {
    title: "Something is wrong with the encryption",
    scenarios: [
      noStarttls,
      masked,
      starttlsRefused,
      starttlsBroken,
      plainTextInjected,
      expiredCert,
      notYetValid,
      wrongName,
      selfSigned,
      incompleteChain,
      weakKey,
      oldTls,
    ],
  },
  {
    title: "Anybody may pose as the sender",
    scenarios: [unprotected, twoSpf, spfAll, spfTypo, twoDmarc],
  },
];

/** Every domain of the miniature internet. */
export const scenarios: readonly Scenario[] = chapters.flatMap((chapter) => chapter.scenarios);
