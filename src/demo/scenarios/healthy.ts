import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Everything in order, over both address families. */
export const healthy: Scenario = {
  domain: "healthy.example",
  title: "everything in order",
  story:
    "Two exchangers share the mail, each over IPv4 and IPv6. A sender asks for the MX set, tries mx1 first and keeps mx2 for bad days. Every address has a reverse name that leads back to it, both servers offer STARTTLS with TLS 1.3 and a certificate for their own name, postmaster is there, strangers cannot relay, and SPF and DMARC say who may send. This is what no findings look like.",
  zone: `
$ORIGIN healthy.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx1
@      MX   20 mx2
mx1    A    192.0.2.10
mx1    AAAA 2001:db8:10::10
mx2    A    192.0.2.11
mx2    AAAA 2001:db8:10::11
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc-reports@healthy.example"
;! authentic @
${ptr("192.0.2.10", "mx1.healthy.example")}
${ptr("192.0.2.11", "mx2.healthy.example")}
${ptr("2001:db8:10::10", "mx1.healthy.example")}
${ptr("2001:db8:10::11", "mx2.healthy.example")}
`,
  servers: [
    {
      host: "mx1.healthy.example",
      addresses: ["192.0.2.10", "2001:db8:10::10"],
      dialogue: mailServer({
        host: "mx1.healthy.example",
        software: "postfix",
        cert: "mx1.healthy.example",
      }),
    },
    {
      host: "mx2.healthy.example",
      addresses: ["192.0.2.11", "2001:db8:10::11"],
      dialogue: mailServer({
        host: "mx2.healthy.example",
        software: "postfix",
        cert: "mx2.healthy.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
};
