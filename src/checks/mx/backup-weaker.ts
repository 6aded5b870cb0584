import type { Judgement } from "../../core/check.ts";
import type { Evidence } from "../../core/evidence.ts";
import { every, known, some, type Fact } from "../../core/fact.ts";
import type { Exchange } from "../../probes/kinds.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";
import { refusesUnknown } from "../recipient-trait.ts";
import { isForHost, isTrusted, sessionsWith, tlsTrait, type Trait } from "../session-traits.ts";

/** One look at one quality of one exchanger. */
interface Reading {
  readonly trait: Trait;
  readonly from: { readonly id: string };
}

interface Quality {
  readonly weakness: string;
  /** All looks at it, one for each address. */
  readonly read: (evidence: Evidence, domain: string, host: string) => readonly Reading[];
}

const old: ReadonlySet<string> = new Set(["SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"]);

/** STARTTLS is not among them: an exchanger without it is an error of its own already. */
const qualities: readonly Quality[] = [
  {
    weakness: "it accepts recipients that do not exist",
    read: (evidence, domain, host) =>
      observationsOf(evidence, "smtp-envelope")
        .filter(({ subject }) => subject.domain === domain && subject.host === host)
        .map((from) => ({ trait: refusesUnknown(from), from })),
  },
  {
    weakness: "it speaks only outdated TLS",
    read: (evidence, _domain, host) =>
      sessionsWith(evidence, host).map((from) => ({
        trait: tlsTrait(from, ({ version }) => !old.has(version)),
        from,
      })),
  },
  {
    weakness: "its certificate is not trusted",
    read: (evidence, _domain, host) =>
      sessionsWith(evidence, host).map((from) => ({ trait: isTrusted(from), from })),
  },
  {
    weakness: "its certificate is for another name",
    read: (evidence, _domain, host) =>
      sessionsWith(evidence, host).map((from) => ({ trait: isForHost(from), from })),
  },
];

/** A less preferred exchanger that protects mail less than the preferred ones. */
export const mxBackupWeaker = defineCheck({
  id: "mx/backup-weaker",
  title: "Backup exchangers are as strict as the first",
  over: "mx-set",
  facts: [],
  reads: ["smtp-hello", "smtp-envelope"],
  specs: [
    { ref: "RFC 5321 5.1", level: "advice" },
    { ref: "RFC 8461 4.1", level: "advice" },
  ],
  tags: ["smtp", "tls", "envelope"],
  messages: {
    weaker: {
      severity: "warning",
      text: "{host}, a backup of {domain}, is weaker than {primary}: {weaknesses}.",
      fix: "Give {host} the certificate, TLS settings and recipient list that {primary} has, or take it out of the MX set: senders keep mail for days without it.",
      clause: "{who} {who:is a weaker backup|are weaker backups}",
    },
  },
  explain: {
    what: "Whether a less preferred exchanger refuses unknown recipients, speaks current TLS and has a trusted certificate for its name wherever all the most preferred ones do.",
    why: "The sender chooses: spammers and attackers go to the backup on purpose, where mail that the first server would have refused is accepted and bounced later, to people who never wrote it.",
    fix: "Run the backup with the settings of the first, or without a backup.",
    blind: "Spam filters and other rules that show only after the message is sent.",
    falseAlarm:
      "A quality that the first exchangers lack as well makes no backup weaker, exchangers of equal preference are no backups, and greylisting or a server that could not be visited leaves the question open. A missing STARTTLS is not repeated here: it is an error of its own.",
  },
  run: ({ data, subject, evidence }) => {
    const { domain = "" } = subject;
    const { records } = data;
    if (!records.known) {
      const subjects =
        data.hosts.length > 0 ? data.hosts.map((host) => ({ domain, host })) : [{ domain }];
      return subjects.map((about) => cannotTell(records, undefined, { subject: about }));
    }
    const hosts = data.hosts.filter((host) => preference(records.value, host) !== undefined);
    const ranks = hosts.map((host) => preference(records.value, host) ?? 0);
    const best = Math.min(...ranks);
    const primaries = hosts.filter((_host, at) => ranks[at] === best);
    const backups = hosts.filter((_host, at) => ranks[at] !== best);
    if (backups.length === 0) return notApplicable();
    return backups.map((host) => judgeBackup(evidence, domain, primaries, host));
  },
});

function judgeBackup(
  evidence: Evidence,
  domain: string,
  primaries: readonly string[],
  host: string,
): Judgement & { readonly message?: "weaker" } {
  const subject = { domain, host };
  const compared = qualities.map(({ read, weakness }) => {
    const first = primaries.flatMap((primary) => read(evidence, domain, primary));
    const backup = read(evidence, domain, host);
    return { weakness, readings: [...first, ...backup], weaker: isWeaker(backup, first) };
  });
  const readings = compared.flatMap((one) => one.readings);
  if (readings.length === 0) return notApplicable({ subject });
  const cites = [...new Set(readings.map(({ from }) => from.id))];
  const weaknesses = compared.flatMap(({ weaker, weakness }) =>
    weaker.known && weaker.value ? [weakness] : [],
  );
  if (weaknesses.length > 0)
    return problem("weaker", { host, primary: primaries, weaknesses }, { subject, cites });
  const open = compared.filter(({ weaker }) => !weaker.known);
  const unseen = open.flatMap((one) => one.readings).find(({ trait }) => !trait.known);
  if (unseen === undefined) return pass({ subject, cites });
  return cannotTell(unseen.trait, unseen.from, { subject });
}

/** The backup lacks somewhere what the first exchangers have everywhere. */
function isWeaker(backup: readonly Reading[], first: readonly Reading[]): Fact<boolean> {
  if (first.length === 0 || backup.length === 0) return known(false);
  const strong = every(first.map(traitOf), (value) => value === "yes");
  const weak = some(backup.map(traitOf), (value) => value === "no");
  return every([strong, weak], Boolean);
}

function traitOf({ trait }: Reading): Trait {
  return trait;
}

/** The best preference with which the records name the host. */
function preference(records: readonly Exchange[], host: string): number | undefined {
  const own = records.filter(({ exchange }) => exchange === host);
  return own.length === 0 ? undefined : Math.min(...own.map((record) => record.preference));
}
