import { ptr, type Scenario } from "../scenario.ts";

/** The connection opens, and nobody speaks. */
export const silent: Scenario = {
  domain: "silent.example",
  title: "takes the connection and says nothing",
  story:
    "Something takes the connection, says nothing, and hangs up. Often that is a load balancer whose mail servers are all gone; it may as well be a server that treats strangers so. Both look the same from outside, so this is no verdict about the domain: maildoctor names what it heard, which is nothing.",
  zone: `
$ORIGIN silent.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.114
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@silent.example"
${ptr("203.0.113.114", "mx.silent.example")}
`,
  servers: [
    {
      host: "mx.silent.example",
      addresses: ["203.0.113.114"],
      dialogue: `
@protocol smtp
@connections any
* wait 1200ms
* close
`,
    },
  ],
  expect: { verdict: "inconclusive", exitCode: 3 },
  names: /^Could not tell .*(clos|without)/,
};
