import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { unpackedFolder } from "./available.ts";
import type { Cage } from "./cage.ts";
import type { MailServer, MailServerPlan } from "./mail-server.ts";
import { run, until } from "./process.ts";

/** The users that Debian's Sendmail is compiled for, and the only one who has a mailbox. */
export const sendmailUsers = ["smmta", "smmsp", "postmaster"] as const;

/** Starts Sendmail in a cage of its own; `features` are m4 macros beside those of a plain one. */
export async function startSendmail(
  cage: Cage,
  plan: MailServerPlan,
  features: string,
): Promise<MailServer> {
  await cage.directory("/var/spool/mqueue");
  await cage.directory("/var/run");
  await cage.write("/etc/service.switch", "hosts files\naliases files\npasswd files\n");
  // A key that others may read is refused.
  if (plan.chain !== undefined) await cage.write("/etc/mail/chain.pem", plan.chain, 0o600);
  await cage.write("/etc/mail/sendmail.cf", await configuration(cage, plan, features));
  const server = cage.start(["-bD", "-C/etc/mail/sendmail.cf", "-X", "/var/run/traffic"]);
  const read = (name: string): Promise<string> =>
    readFile(join(cage.folder, "var/run", name), "utf8").catch(() => "");
  // Its log goes to syslog alone, so the dialogue takes the log's place.
  const log = (): Promise<string> => read("traffic");
  try {
    // Written when its sockets listen.
    await until(
      async () => (await read("sendmail.pid")) !== "",
      20_000,
      () => `Sendmail does not start: ${server.output()}`,
    );
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    connections: async () => (await log()).split(/>>> 220 \S+ ESMTP /).length - 1,
    log,
    stop: () => server.stop(),
  };
}

async function configuration(cage: Cage, plan: MailServerPlan, features: string): Promise<string> {
  await cage.write("/etc/mail/sendmail.mc", macros(plan, features));
  const source = join(cage.folder, "etc/mail/sendmail.mc");
  const library = `${join(unpackedFolder(), "usr/share/sendmail/cf")}/`;
  const files = [join(library, "m4/cf.m4"), source];
  const { stdout } = await run("m4", [`-D_CF_DIR_=${library}`, ...files]);
  // Clients on loopback may relay always: for these tests, they are strangers.
  return stdout.replaceAll(/^R(127\.0\.0\.1|IPv6:(0:){7}1|IPv6:::1)\s.*\n/gm, "");
}

const macros = (
  { address, port, hostName, domain, chain }: MailServerPlan,
  features: string,
): string => `OSTYPE(\`linux')dnl
define(\`confDOMAIN_NAME', \`${hostName}')dnl
define(\`confSERVICE_SWITCH_FILE', \`/etc/service.switch')dnl
define(\`confPID_FILE', \`/var/run/sendmail.pid')dnl
define(\`confPRIVACY_FLAGS', \`novrfy,noexpn')dnl
define(\`confDONT_PROBE_INTERFACES', \`true')dnl
define(\`confTO_IDENT', \`0')dnl
define(\`ALIAS_FILE', \`null:')dnl
define(\`STATUS_FILE', \`')dnl
define(\`HELP_FILE', \`')dnl
define(\`LOCAL_MAILER_PATH', \`/bin/false')dnl
${
  chain === undefined
    ? "dnl"
    : `define(\`confSERVER_CERT', \`/etc/mail/chain.pem')dnl
define(\`confSERVER_KEY', \`/etc/mail/chain.pem')dnl
define(\`confCACERT', \`/etc/mail/chain.pem')dnl
define(\`confCACERT_PATH', \`/etc/mail')dnl`
}
FEATURE(\`no_default_msa')dnl
FEATURE(\`nocanonify')dnl
FEATURE(\`accept_unresolvable_domains')dnl
${features === "" ? "dnl" : features}
DAEMON_OPTIONS(\`Name=MTA, Family=inet${address.includes(":") ? "6" : ""}, Addr=${address}, Port=${port}')dnl
MAILER(\`local')dnl
MAILER(\`smtp')dnl
LOCAL_CONFIG
Cw${domain}
`;
