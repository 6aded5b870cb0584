import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** A provider takes the mail; the exchangers stand in its zone. */
export const hosted: Scenario = {
  domain: "hosted.example",
  title: "healthy, hosted by a provider",
  story:
    "A bakery with a domain and no server. Its MX records name two hosts of a mail provider, whose certificates, reverse names and addresses carry the provider's name and not the bakery's, and that is as it should be: what counts is the name in the MX record. Its SPF record includes the provider's, so the provider may send for it.",
  zone: `
$ORIGIN hosted.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 in1.provider.example.
@      MX   10 in2.provider.example.
@      TXT  "v=spf1 include:_spf.provider.example -all"
_dmarc TXT  "v=DMARC1; p=quarantine; rua=mailto:dmarc@hosted.example"
$ORIGIN provider.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
in1    A    192.0.2.105
in1    AAAA 2001:db8:105::1
in2    A    198.51.100.105
in2    AAAA 2001:db8:205::1
_spf   TXT  "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 ip6:2001:db8::/32 -all"
${ptr("192.0.2.105", "in1.provider.example")}
${ptr("2001:db8:105::1", "in1.provider.example")}
${ptr("198.51.100.105", "in2.provider.example")}
${ptr("2001:db8:205::1", "in2.provider.example")}
`,
  servers: [
    {
      host: "in1.provider.example",
      addresses: ["192.0.2.105", "2001:db8:105::1"],
      dialogue: mailServer({
        host: "in1.provider.example",
        software: "postfix",
        cert: "provider.example",
      }),
    },
    {
      host: "in2.provider.example",
      addresses: ["198.51.100.105", "2001:db8:205::1"],
      dialogue: mailServer({
        host: "in2.provider.example",
        software: "postfix",
        cert: "provider.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
