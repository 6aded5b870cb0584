/** Examples below the help of each command: "command", "what it does". */
type Example = readonly [command: string, purpose: string];

export const examples = {
  maildoctor: [
    ["maildoctor demo", "see it work, without any network"],
    ["maildoctor check example.com", "does mail to this domain work, and if not, why?"],
    ["maildoctor mx example.com", "the route that mail to it takes"],
    ["maildoctor smtp mx1.example.com:25", "one server's handshake, line by line"],
    ["maildoctor explain", "everything that is checked"],
  ],
  check: [
    ["maildoctor check example.com", "one domain"],
    ["maildoctor check example.com example.org", "several, side by side"],
    ["maildoctor check - < domains.txt", "a list, one a line"],
    ["maildoctor check example.com -o case.json", "keep the whole case for someone else"],
    ["maildoctor check example.com --skip spf,dmarc", "without judging sender policies"],
    ["maildoctor check example.com --deep", "with two more sessions for each address"],
  ],
  mx: [
    ["maildoctor mx example.com", "which servers are tried, in which order"],
    ["maildoctor mx user@example.com", "the same for a mail address"],
    ["maildoctor mx example.com --resolver 192.0.2.53", "as that DNS server sees it"],
  ],
  smtp: [
    ["maildoctor smtp mx1.example.com:25", "one server"],
    ["maildoctor smtp example.com", "all servers that take the domain's mail"],
    ["maildoctor smtp [2001:db8::25]:25", "one address"],
    ["maildoctor smtp mx1.example.com:25 -4 --ca-file ca.pem", "IPv4, judged by one's own roots"],
    ["maildoctor smtp mx1.example.com:25 --deep --test-injection", "one's own server, in depth"],
  ],
  demo: [
    ["maildoctor demo", "all its domains, one line for each"],
    ["maildoctor demo masked.example", "one of them, with its story"],
    ["maildoctor demo healthy.example -v", "with every line that was said"],
    ["maildoctor demo --tour", "how mail travels, and where it breaks"],
    ["maildoctor demo --serve", "leave it running, and try other commands on it"],
    ["maildoctor demo --format json", "all reports as data"],
  ],
  explain: [
    ["maildoctor explain", "everything that can be explained"],
    ["maildoctor explain mx/alias-target", "what one of them means, and how to fix it"],
    ["maildoctor explain 550 5.7.1", "what a server's answer means"],
    ["maildoctor explain STARTTLS", "what an extension is for"],
    ["maildoctor explain --schema", "the JSON Schema of a report"],
  ],
  rejudge: [
    ["maildoctor rejudge case.json", "the same findings as when it was saved"],
    ["maildoctor rejudge case.json --now", "what has expired since then"],
    ["maildoctor rejudge case.json --only tls -v", "a part of it, with transcripts"],
    ["maildoctor check example.com --format json | maildoctor rejudge -", "through a pipe"],
  ],
} as const satisfies Readonly<Record<string, readonly Example[]>>;

/** The examples as a section of a help text. */
export function exampleText(list: readonly Example[]): string {
  const rows = list.map(([command, purpose]) =>
    `${command}  # ${purpose}`.length > 76
      ? `  ${command}\n      # ${purpose}`
      : `  ${command}  # ${purpose}`,
  );
  return `\nExamples:\n${rows.join("\n")}`;
}

/** What the exit codes mean, for the help text of the program. */
export const exitCodeText = `
Exit codes:
  0  nothing at or above --fail-on (default: error)
  1  problems found
  2  could not run: wrong usage or configuration
  3  could not tell whether there are problems, or cut short
  70 a fault in maildoctor; 130, 143 interrupted, with the partial report`;
