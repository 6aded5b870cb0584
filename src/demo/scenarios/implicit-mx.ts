import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** No MX record: senders deliver to the address of the domain itself. */
export const implicitMx: Scenario = {
  domain: "implicit-mx.example",
  title: "no MX record, and mail arrives anyway",
  story:
    "The domain is older than its administrator, and nobody ever published an MX record. Senders then deliver to the address of the domain itself, as the standard has told them since 1986, so mail arrives. maildoctor says so in a note: web site and mail server can never move apart like this, and on the day the name points to a web host, mail stops.",
  zone: `
$ORIGIN implicit-mx.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      A    192.0.2.101
@      TXT  "v=spf1 a -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@implicit-mx.example"
${ptr("192.0.2.101", "implicit-mx.example")}
`,
  servers: [
    {
      host: "implicit-mx.example",
      addresses: ["192.0.2.101"],
      dialogue: mailServer({
        host: "implicit-mx.example",
        software: "sendmail",
        cert: "implicit-mx.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
