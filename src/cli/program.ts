import { Command } from "commander";
import type { DemoOptions } from "./commands/demo.ts";
import { examples, exampleText, exitCodeText } from "./help.ts";
import type { Io } from "./io.ts";
import {
  addJudgingOptions,
  addOutputOptions,
  addSharedOptions,
  type RawOptions,
} from "./options.ts";

/**
 * The command line: every command's arguments, options and help. What a command does is loaded
 * when it is called; `finish` receives its exit code.
 */
export function createProgram(version: string, io: Io, finish: (code: number) => void): Command {
  const program = new Command("maildoctor");
  program
    .description("Says whether a domain's mail works, why not, and exactly what to change.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showSuggestionAfterError()
    .addHelpText("after", exampleText(examples.maildoctor))
    .addHelpText("after", exitCodeText)
    .usage("<command> [options]");

  const check = program
    .command("check")
    .summary("examine domains: MX, servers, TLS, sender policies")
    .description(
      "Examines everything that mail to a domain depends on, and says what is wrong and what to change.",
    )
    .argument("<domain...>", "domains or mail addresses; - reads them from standard input")
    .addHelpText("after", exampleText(examples.check))
    .action(async (domains: string[], options: RawOptions) => {
      const command = await import("./commands/check.ts");
      finish(await command.check(domains, options, io));
    });
  addSharedOptions(check, { sessions: true, envelope: true });

  const mx = program
    .command("mx")
    .summary("show the route of mail to a domain")
    .description(
      "Walks the route as a sender would: delegation, MX set in order, addresses, reverse names. DNS alone.",
    )
    .argument("<domain>", "a domain or mail address")
    .addHelpText("after", exampleText(examples.mx))
    .action(async (domain: string, options: RawOptions) => {
      const command = await import("./commands/mx.ts");
      finish(await command.mx(domain, options, io));
    });
  addSharedOptions(mx, { sessions: false, envelope: false });

  const smtp = program
    .command("smtp")
    .summary("show the handshake of a mail server, line by line")
    .description(
      "Greets a server, or all that take a domain's mail: transcript, extensions, TLS. No MAIL, no RCPT.",
    )
    .argument("<target>", "host:port, an address, or a domain with MX records")
    .option("--host", "take a name without a port for a host, not for a domain")
    .addHelpText("after", exampleText(examples.smtp))
    .action(async (target: string, options: RawOptions) => {
      const command = await import("./commands/smtp.ts");
      finish(await command.smtp(target, options, io));
    });
  addSharedOptions(smtp, { sessions: true, envelope: false });

  program
    .command("demo")
    .summary("examine a miniature mail internet inside this process")
    .description(
      "Runs check over the domains of a miniature mail internet on loopback, healthy and sick: one line for each, or the story and diagnosis of those named. Exit code 0: all came out as told.",
    )
    .argument("[domain...]", "some of them, with their stories")
    .option("--tour", "tell how mail travels, and where it breaks, on live examples")
    .option("--serve", "leave it running until Ctrl-C (exit code 130), for other commands to try")
    .option("--format <name>", "terminal, json or ndjson", "terminal")
    .option("-v, --verbose", "show transcripts, DNS answers and the names of checks")
    .option("--color", "use colours even when the output is no terminal")
    .option("--no-color", "use no colours")
    .addHelpText("after", exampleText(examples.demo))
    .action(async (domains: string[], options: DemoOptions) => {
      const command = await import("./commands/demo.ts");
      finish(await command.demo(domains, options, io));
    });

  program
    .command("explain")
    .summary("explain a check, an SMTP reply or an extension")
    .description(
      "Says what a check looks at, why it matters, how to fix it and what it cannot see; and what reply codes, enhanced status codes and extensions mean.",
    )
    .argument("[topic...]", "a check, as in a report; 550, 5.7.1 or STARTTLS")
    .option("--schema", "print the JSON Schema of a report")
    .option("--color", "use colours even when the output is no terminal")
    .option("--no-color", "use no colours")
    .addHelpText("after", exampleText(examples.explain))
    .action(async (topics: string[], options: { schema?: boolean; color?: boolean }) => {
      const command = await import("./commands/explain.ts");
      finish(await command.explain(topics, options, io));
    });

  const rejudge = program
    .command("rejudge")
    .summary("judge a saved case again, without any network")
    .description(
      "Judges the observations of a saved report again: at its own time and with its own selection, so that the findings are the same, unless told otherwise.",
    )
    .argument("<case.json>", "a report in JSON or NDJSON; - reads it from standard input")
    .option("--now [date]", "judge as of now, or of that date: certificates expire")
    .addHelpText("after", exampleText(examples.rejudge))
    .action(async (file: string, options: RawOptions) => {
      const command = await import("./commands/rejudge.ts");
      finish(await command.rejudge(file, options, io));
    });
  addOutputOptions(rejudge);
  addJudgingOptions(rejudge, false);

  return program;
}
