import { Option, type Command } from "commander";

/** The shared options as commander gives them: strings unchecked, absent where not typed. */
export interface RawOptions {
  readonly format: string;
  readonly output?: readonly string[];
  readonly verbose?: boolean;
  readonly timing?: boolean;
  readonly share?: boolean;
  readonly color?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn: string;
  readonly inconclusive: string;
  readonly resolver?: readonly string[];
  readonly trustAd?: boolean;
  readonly connectTo?: readonly string[];
  readonly caFile?: string;
  readonly treatAsPublic?: readonly string[];
  readonly allowPrivate?: boolean;
  readonly timeout?: string;
  readonly deadline?: string;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly ehloName?: string;
  readonly control?: string;
  readonly envelope?: boolean;
  readonly passive?: boolean;
  readonly deep?: boolean;
  readonly testInjection?: boolean;
}

/** What a command does, and therefore which options it has. */
interface Reach {
  /** It opens SMTP sessions. */
  readonly sessions: boolean;
  /** In them, it asks about recipients. */
  readonly envelope: boolean;
}

/** Adds the options that every examining command shares. */
export function addSharedOptions(command: Command, { sessions, envelope }: Reach): Command {
  addOutputOptions(command);
  addJudgingOptions(command, true);
  command
    .optionsGroup("Network:")
    .option(
      "--resolver <server>",
      "ask ADDR[:PORT], tls://ADDR[#NAME] or https://ADDR/PATH; repeatable",
      collect,
    )
    .option("--trust-ad", "believe the resolver's DNSSEC verdict (plain DNS on loopback: always)")
    .option("--connect-to <h:p:a:p>", "connect to ADDR:PORT for HOST:PORT; repeatable", collect)
    .option("--ca-file <file>", "trust the roots in this PEM file instead of the system's")
    .option("--treat-as-public <cidr>", "count these addresses as public; repeatable", list)
    .option("--allow-private", "dial exchangers at addresses that are not public")
    .option(
      "--timeout <seconds>",
      "how long to wait for each stage: connection, greeting, TLS, command",
    )
    .option("--deadline <seconds>", "the longest that one target may take (default: 60)")
    .option("-4, --ipv4", "visit IPv4 addresses only")
    .option("-6, --ipv6", "visit IPv6 addresses only");
  if (!sessions) return command;
  command
    .optionsGroup("SMTP:")
    .option("--ehlo-name <name>", "the name or [address] to say in EHLO")
    .option("--control <host[:port]>", "a server known to answer, to detect a blocked network")
    .option("--deep", "two more sessions with each address: VRFY, EXPN, old and anonymous TLS")
    .option("--test-injection", "with --deep: slip a NOOP in before TLS, to see if it is obeyed");
  if (!envelope) return command;
  return command
    .option("--no-envelope", "end sessions after the handshake: no MAIL, no RCPT")
    .option("--passive", "ask DNS alone; open no SMTP session");
}

/** Adds the options that choose checks and exit codes; without defaults, those of a case apply. */
export function addJudgingOptions(command: Command, defaults: boolean): void {
  const choice = (option: Option, value: string): Option =>
    defaults ? option.default(value) : option;
  command
    .optionsGroup("Judging:")
    .option("--only <glob>", "judge only these checks (mx/*, tls/*:expired); repeatable", list)
    .option("--skip <glob>", "leave these checks out; repeatable", list)
    .addOption(
      choice(
        new Option("--fail-on <severity>", "exit with 1 at this severity or worse").choices([
          "note",
          "warning",
          "error",
        ]),
        "error",
      ),
    )
    .addOption(
      choice(
        new Option(
          "--inconclusive <how>",
          'whether "could not tell" makes the exit code 3',
        ).choices(["fail", "ignore"]),
        "fail",
      ),
    );
}

/** Adds the options that say where the report goes and how it looks. */
export function addOutputOptions(command: Command): void {
  command
    .optionsGroup("Output:")
    .addOption(
      new Option("--format <name>", "how to write to standard output")
        .choices(["terminal", "json", "ndjson"])
        .default("terminal"),
    )
    .option("-o, --output <[format:]file>", "also write into a file; repeatable", collect)
    .option("-v, --verbose", "show transcripts, DNS answers and the names of checks")
    .option("--share", "mask user names and this machine's addresses, for a ticket")
    .option("--timing", "show what took how long, and what made it take so long")
    .option("--color", "use colours even when the output is no terminal")
    .option("--no-color", "use no colours");
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** Repeatable, and each may hold several with commas between them. */
function list(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, ...value.split(",").map((item) => item.trim())];
}
