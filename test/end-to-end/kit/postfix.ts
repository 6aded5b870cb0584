import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run, startServer, until, type LocalEndpoint } from "./process.ts";

/** One smtpd of the instance, with parameters of its own. */
export interface Listener extends LocalEndpoint {
  /** Marks its lines in the log; letters, digits, dots, hyphens. */
  readonly label: string;
  /** The host that it greets as. */
  readonly hostName: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Postfix {
  /** How many connections the listener has accepted so far. */
  connections(label: string): Promise<number>;
  /** All that Postfix has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

export interface PostfixPlan {
  readonly listeners: readonly Listener[];
  /** Domains that it is responsible for; of their mailboxes only postmaster exists. */
  readonly domains: readonly string[];
  /** The domain whose every mailbox exists. */
  readonly catchAll: string;
}

/** Starts one Postfix instance with many listeners; configuration, queue and log are in the folder. */
export async function startPostfix(folder: string, plan: PostfixPlan): Promise<Postfix> {
  const configuration = join(folder, "etc");
  const logFile = join(folder, "mail.log");
  for (const path of [configuration, join(folder, "queue")]) await mkdir(path, { recursive: true });
  await Promise.all(
    Object.entries({
      "main.cf": mainConfiguration(folder, plan),
      "master.cf": masterConfiguration(plan.listeners),
      "openssl.cnf": permissiveOpenssl,
      mailboxes: `/^postmaster@/ ok\n/@${plan.catchAll.replaceAll(".", "\\.")}$/ ok\n`,
    }).map(([name, text]) => writeFile(join(configuration, name), text)),
  );
  // Makes the directories in the queue; the master itself is started without the wrapper, so that it
  // is a child of ours and not the child of a shell script that outlives it.
  const log = (): Promise<string> => readFile(logFile, "utf8").catch(() => "");
  await run("postfix", ["-c", configuration, "check"]).catch(async (cause: unknown) => {
    throw new Error(`Postfix refuses its configuration: ${await log()}`, { cause });
  });
  const { stdout } = await run("postconf", ["-c", configuration, "-h", "daemon_directory"]);
  const master = startServer(join(stdout.trim(), "master"), ["-c", configuration, "-s"], {
    POSTLOG_SERVICE: join(folder, "queue/public/postlog"),
    POSTLOG_HOSTNAME: "localhost",
  });

  try {
    await until(
      async () => (await log()).includes("daemon started"),
      20_000,
      async () => `Postfix does not start: ${master.output()}${await log()}`,
    );
  } catch (error) {
    await master.stop();
    throw error;
  }
  return {
    log,
    connections: async (label) =>
      (await log()).split(`${label}/smtpd[`).filter((line) => /^\d+\]: connect from /.test(line))
        .length,
    stop: () => master.stop(),
  };
}

/** Some of the certificates and protocols are ones that OpenSSL refuses to serve by default. */
const permissiveOpenssl = `openssl_conf = defaults
[defaults]
ssl_conf = ssl
[ssl]
system_default = permissive
[permissive]
MinProtocol = TLSv1
CipherString = DEFAULT:@SECLEVEL=0
`;

const mainConfiguration = (folder: string, plan: PostfixPlan): string => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file_prefixes = ${folder}
maillog_file = ${folder}/mail.log
import_environment = MAIL_CONFIG, LANG=C, POSTLOG_SERVICE, POSTLOG_HOSTNAME,
  OPENSSL_CONF=${folder}/etc/openssl.cnf
myhostname = mail.test
mydestination =
mynetworks =
alias_maps =
inet_interfaces = all
inet_protocols = all
virtual_mailbox_domains = ${plan.domains.join(", ")}
virtual_mailbox_maps = regexp:${folder}/etc/mailboxes
virtual_transport = discard
local_transport = discard
relay_transport = discard
default_transport = discard
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_loglevel = 1
`;

function masterConfiguration(listeners: readonly Listener[]): string {
  const services = listeners.map(({ address, port, label, hostName, parameters }) => {
    const endpoint = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
    const options = { syslog_name: label, myhostname: hostName, ...parameters };
    const lines = Object.entries(options).map(([name, value]) => `  -o { ${name} = ${value} }`);
    return [`${endpoint} inet n - n - - smtpd`, ...lines].join("\n");
  });
  return `${services.join("\n")}
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
flush     unix  n - n 1000? 0 flush
showq     unix  n - n - - showq
error     unix  - - n - - error
discard   unix  - - n - - discard
anvil     unix  - - n - 1 anvil
tlsmgr    unix  - - n 1000? 1 tlsmgr
scache    unix  - - n - 1 scache
proxymap  unix  - - n - - proxymap
postlog   unix-dgram n - n - 1 postlogd
`;
}
