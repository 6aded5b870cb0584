import { connect } from "node:net";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cage } from "./cage.ts";
import type { MailServer, MailServerPlan } from "./mail-server.ts";
import { until, type LocalEndpoint } from "./process.ts";

/** How an Exim differs from a plain one; each string is Exim's own configuration language. */
export interface EximSettings {
  /** The hosts that may relay. */
  readonly relayFrom?: string;
  /** Further options of the main section, one a line. */
  readonly main?: string;
  /** The ACL that judges connections. */
  readonly connect?: string;
  /** Statements before all others of the ACL that judges recipients. */
  readonly recipient?: string;
  /** The kit itself holds one connection open, and `connections` does not count it. */
  readonly occupied?: boolean;
}

/** The user that Debian's Exim is compiled for. */
export const eximUsers = ["Debian-exim"] as const;

/** Starts one Exim in the cage, which several may share. */
export async function startExim(
  cage: Cage,
  plan: MailServerPlan,
  settings: EximSettings,
): Promise<MailServer> {
  const place = `/${plan.label}`;
  await cage.directory(place, "Debian-exim");
  if (plan.chain !== undefined) await cage.write(`${place}/chain.pem`, plan.chain);
  await cage.write(`${place}/exim.conf`, configuration(place, plan, settings));
  const server = cage.start(["-bdf", "-C", `${place}/exim.conf`]);
  const log = async (): Promise<string> => {
    const files = ["main", "reject", "panic"].map((name) =>
      join(cage.folder, place, `${name}.log`),
    );
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
    return texts.join("");
  };
  const connections = async (): Promise<number> =>
    (await log()).split("\n").filter((line) => accepted.test(line)).length;

  try {
    await until(
      async () => (await log()).includes("daemon started"),
      20_000,
      async () => `Exim does not start: ${server.output()}${await log()}`,
    );
    const release = settings.occupied === true ? await occupy(plan) : () => undefined;
    const before = settings.occupied === true ? 1 : 0;
    return {
      connections: async () => (await connections()) - before,
      log,
      stop: async () => {
        release();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A connection that was let in, or refused because there are too many. */
const accepted = / (SMTP connection from \[\S+ I=\S+ \(TCP|Connection from .* refused: too many)/;

/** Opens a connection, waits for its greeting, and returns what closes it. */
async function occupy({ address, port }: LocalEndpoint): Promise<() => void> {
  const socket = connect(port, address);
  // The server closes it when it ends.
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.once("data", () => resolve());
  });
  return () => void socket.destroy();
}

/** The shape of Debian's configuration, without what needs DNS. */
const configuration = (
  place: string,
  { address, port, hostName, domain, chain }: MailServerPlan,
  { relayFrom = "", main = "", connect: connectAcl = "accept", recipient = "" }: EximSettings,
): string => `primary_hostname = ${hostName}
local_interfaces = <; ${address}
daemon_smtp_ports = ${port}
spool_directory = ${place}
pid_file_path = ${place}/exim.pid
log_file_path = ${place}/%s.log
log_selector = +smtp_connection +incoming_interface
keep_environment =
domainlist local_domains = ${domain}
hostlist relay_from_hosts = ${relayFrom}
${
  chain === undefined
    ? "tls_advertise_hosts ="
    : `tls_advertise_hosts = *\ntls_certificate = ${place}/chain.pem`
}
acl_smtp_connect = at_connect
acl_smtp_rcpt = at_recipient
${main}
begin acl
at_connect:
  ${connectAcl}
at_recipient:
  ${recipient}
  accept  hosts = +relay_from_hosts
  require message = relay not permitted
          domains = +local_domains
  require verify = recipient
  accept
begin routers
mailboxes:
  driver = accept
  domains = +local_domains
  local_parts = postmaster
  transport = discard
begin transports
discard:
  driver = appendfile
  file = /dev/null
  user = Debian-exim
`;
