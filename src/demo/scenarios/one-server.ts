import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Two names for one machine. */
export const oneServer: Scenario = {
  domain: "one-server.example",
  title: "two exchangers that are one machine",
  story:
    "Somebody had read that a domain needs two MX records, and gave the one machine a second name. It does no harm, and it does not help either: when the machine is down, both names are down, and senders have one more address to try in vain. Worth a note, no alarm.",
  zone: `
$ORIGIN one-server.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
@      MX   20 backup
mail   A    192.0.2.112
backup A    192.0.2.112
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@one-server.example"
${ptr("192.0.2.112", "mail.one-server.example")}
`,
  servers: [
    {
      host: "mail.one-server.example",
      addresses: ["192.0.2.112"],
      dialogue: mailServer({
        host: "mail.one-server.example",
        software: "postfix",
        cert: "mail.one-server.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
