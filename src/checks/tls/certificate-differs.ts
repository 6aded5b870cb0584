import { every, known, some, unknown, type Fact } from "../../core/fact.ts";
import type { TlsFacts } from "../../core/tls-facts.ts";
import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { familyParity } from "../family-parity.ts";
import { isOff, sessionsWith, type Session } from "../session-traits.ts";

/** Addresses of one host of which some present a sound certificate and some another one. */
export const tlsCertificateDiffers = defineCheck({
  id: "tls/certificate-differs",
  title: "All addresses of a host have a sound certificate",
  over: "addresses",
  facts: [],
  reads: ["smtp-hello"],
  specs: [
    { ref: "RFC 9525 6.3", level: "advice" },
    { ref: "RFC 5280 6.1", level: "advice" },
  ],
  tags: ["tls", "certificate"],
  messages: {
    differs: {
      severity: "note",
      text: "{host} presents a sound certificate at {good}, but another one, which is not, at {bad}.",
      fix: "Install the certificate of {good} at {bad} as well, and let the renewal reach every machine behind {host}.",
      clause: "the addresses of {who} present different certificates, not all of them sound",
    },
  },
  explain: {
    what: "Whether, of several addresses of one host, some present a trusted and current certificate for its name, and others a different one that is not.",
    why: "It shows where to look: the certificate exists, and its renewal did not reach all machines.",
    fix: "Copy the certificate, and add the machine to what is done at renewal.",
    blind: "Machines behind one address, of which each connection meets another.",
    falseAlarm:
      "Machines of one host may each have a certificate of their own as long as all are sound, and one that is bad everywhere, or over one address family only, has checks of its own.",
  },
  run: ({ subject, evidence, now }) => {
    const { host = "" } = subject;
    const sessions = sessionsWith(evidence, host).filter(({ data }) => !data || !isOff(data.tls));
    if (sessions.length < 2) return notApplicable();
    if (familyParity(evidence, host).differences.length > 0) return notApplicable();
    const cites = sessions.map(({ id }) => id);
    const pairs = sessions.flatMap((good) => sessions.map((bad) => ({ good, bad })));
    const found = pairs.map(({ good, bad }) => outshines(good, bad, now));
    const differs = some(found, Boolean);
    if (!differs.known) {
      const unseen = sessions.find((session) => !handshakeOf(session).known);
      return cannotTell(differs, unseen);
    }
    if (!differs.value) return pass({ cites });
    const guilty = pairs.filter((_pair, at) => isTrue(found[at]));
    const namesOf = (side: "good" | "bad"): string[] => [
      ...new Set(guilty.map((pair) => pair[side].subject.ip ?? "")),
    ];
    return problem("differs", { host, good: namesOf("good"), bad: namesOf("bad") }, { cites });
  },
});

/** The first presents a sound certificate, and the second another key that lacks that. */
function outshines(first: Session, second: Session, now: Date): Fact<boolean> {
  const [good, bad] = [handshakeOf(first), handshakeOf(second)];
  const sound = every([good], (tls) => isSound(tls, now));
  const unsound = every([bad], (tls) => tls.chain.length > 0 && !isSound(tls, now));
  const other = !good.known ? good : !bad.known ? bad : known(keyOf(good) !== keyOf(bad));
  return every([sound, unsound, other], Boolean);
}

function handshakeOf({ data, failure, skipReason }: Session): Fact<TlsFacts> {
  return data === null ? unknown(skipReason ?? failure ?? "depends-on") : data.tls;
}

function isSound({ chain, nameMatch, trusted }: TlsFacts, now: Date): boolean {
  const [leaf] = chain;
  if (leaf === undefined || !trusted || nameMatch === "none" || nameMatch === "not-judged")
    return false;
  return Date.parse(leaf.notBefore) <= now.getTime() && now.getTime() <= Date.parse(leaf.notAfter);
}

function keyOf({ value }: { readonly value: TlsFacts }): string | undefined {
  return value.chain[0]?.spkiSha256;
}

function isTrue(fact: Fact<boolean> | undefined): boolean {
  return fact?.known === true && fact.value;
}
