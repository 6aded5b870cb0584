import type { Cage } from "./cage.ts";
import type { MailServer, MailServerPlan } from "./mail-server.ts";
import { until } from "./process.ts";

/** The users that Debian's OpenSMTPD is compiled for, and the owner of the mailbox. */
export const opensmtpdUsers = ["opensmtpd", "opensmtpq", "mailbox"] as const;

/** Starts OpenSMTPD in a cage of its own; `rules` are its `match` rules beside that of the domain. */
export async function startOpensmtpd(
  cage: Cage,
  plan: MailServerPlan,
  rules: string,
): Promise<MailServer> {
  for (const path of ["/var/lib/opensmtpd/empty", "/var/run", "/var/spool"])
    await cage.directory(path);
  // A key that others may read is refused.
  if (plan.chain !== undefined) await cage.write("/etc/chain.pem", plan.chain, 0o600);
  await cage.write("/etc/smtpd.conf", configuration(plan, rules));
  const server = cage.start(["-dv", "-f", "/etc/smtpd.conf"]);
  try {
    await until(
      () => Promise.resolve(server.output().includes("smtp: will accept at most")),
      20_000,
      () => `OpenSMTPD does not start: ${server.output()}`,
    );
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    connections: () => Promise.resolve(server.output().split(" smtp connected ").length - 1),
    log: () => Promise.resolve(server.output()),
    stop: () => server.stop(),
  };
}

/** One file may hold certificate and key; the relaying that is usual for "local" is left out. */
const configuration = (
  { address, port, hostName, domain, chain }: MailServerPlan,
  rules: string,
): string => `${
  chain === undefined
    ? ""
    : `pki ${hostName} cert "/etc/chain.pem"\npki ${hostName} key "/etc/chain.pem"\n`
}table mailboxes { "postmaster@${domain}" = "mailbox" }
listen on ${address} port ${port} hostname ${hostName}${chain === undefined ? "" : ` tls pki ${hostName}`}
action "deliver" mbox virtual <mailboxes>
action "relay" relay
match from any for domain "${domain}" action "deliver"
${rules}
`;
