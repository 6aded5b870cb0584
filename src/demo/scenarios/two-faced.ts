import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** IPv6 leads to another machine than IPv4. */
export const twoFaced: Scenario = {
  domain: "two-faced.example",
  title: "IPv4 and IPv6 lead to different machines",
  story:
    "The mail server moved, and its A record with it. The AAAA record still leads to the old machine, which greets politely with a certificate that it made for itself. Whoever tests over IPv4 finds everything in order; senders with IPv6, which mostly try that first, meet the other one, and faults come and go.",
  zone: `
$ORIGIN two-faced.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.68
mx     AAAA 2001:db8:68::25
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@two-faced.example"
${ptr("198.51.100.68", "mx.two-faced.example")}
${ptr("2001:db8:68::25", "mx.two-faced.example")}
`,
  servers: [
    {
      host: "mx.two-faced.example",
      addresses: ["198.51.100.68"],
      dialogue: mailServer({
        host: "mx.two-faced.example",
        software: "postfix",
        cert: "mx.two-faced.example",
      }),
    },
    {
      host: "mx.two-faced.example",
      addresses: ["2001:db8:68::25"],
      dialogue: mailServer({
        host: "mx.two-faced.example",
        software: "postfix",
        cert: "two-faced-ipv6",
      }),
    },
  ],
  expect: {
    verdict: [
      "address/family-differs:differs",
      "tls/certificate-name-mismatch:mismatch",
      "tls/certificate-untrusted:self-signed",
    ],
    exitCode: 0,
  },
  names: /differently over IPv4 and IPv6|certificate for another name/,
};
