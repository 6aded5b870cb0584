import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Healthy, but it makes strangers come back: no reason for an alarm. */
export const greylisting: Scenario = {
  domain: "greylisting.example",
  title: "healthy, and makes strangers wait",
  story:
    "The server greylists: it answers the first attempt of an unknown sender with a temporary 450, and takes the message when the sender comes back some minutes later, as every real mail server does. A tool that takes the 450 for a refusal raises a false alarm here. maildoctor does not: postmaster can be reached, relaying is refused, and that unknown recipients are told to wait is no fault.",
  zone: `
$ORIGIN greylisting.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    192.0.2.20
mx     AAAA 2001:db8:20::20
@      TXT  "v=spf1 ip4:192.0.2.20 ip6:2001:db8:20::20 -all"
_dmarc TXT  "v=DMARC1; p=quarantine; rua=mailto:postmaster@greylisting.example"
${ptr("192.0.2.20", "mx.greylisting.example")}
${ptr("2001:db8:20::20", "mx.greylisting.example")}
`,
  servers: [
    {
      host: "mx.greylisting.example",
      addresses: ["192.0.2.20", "2001:db8:20::20"],
      dialogue: mailServer({
        host: "mx.greylisting.example",
        software: "postfix",
        cert: "mx.greylisting.example",
        replies: {
          others:
            "450 4.2.0 <{recipient}>: Recipient address rejected: Greylisted, try again in 300 seconds",
        },
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives; .* greylists/,
};
