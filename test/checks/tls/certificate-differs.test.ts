import { known, unknown } from "../../../src/core/fact.ts";
import type { TlsFacts } from "../../../src/core/tls-facts.ts";
import { tlsCertificateDiffers } from "../../../src/checks/tls/certificate-differs.ts";
import { testCheck } from "../../kit/check.ts";
import { addresses, certificate, evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

const host = addresses();
const [second, third, v6] = [{ ip: "192.0.2.2" }, { ip: "192.0.2.3" }, { ip: "2001:db8::1" }];
const key = (spkiSha256: string, notAfter = "2026-05-02T00:00:00.000Z") => ({
  chain: [certificate({ spkiSha256, notAfter })],
});
const bad = { ...key("01"), trusted: false } as const;
const shaking = (over: Partial<TlsFacts>, at: object = {}) => hello({ tls: known(tls(over)) }, at);

testCheck(tlsCertificateDiffers, import.meta.url, {
  pass: [
    ["one certificate at both", evidenceOf(host, hello(), hello({}, second))],
    ["two sound ones", evidenceOf(host, hello(), shaking(key("01"), second))],
    ["both bad", evidenceOf(host, shaking({ ...bad, ...key("02") }), shaking(bad, second))],
  ],
  problems: {
    differs: [
      ["one untrusted", evidenceOf(host, hello(), shaking(bad, second), hello({}, v6))],
      [
        "one not renewed",
        evidenceOf(host, hello(), shaking(key("01", "2026-02-01T00:00:00Z"), second)),
      ],
      [
        "one for another name, one not known",
        evidenceOf(
          host,
          hello(),
          shaking({ ...key("01"), nameMatch: "none" }, second),
          hello({ tls: outOfTime }, third),
        ),
      ],
    ],
  },
  inconclusive: [
    ["one handshake did not end", evidenceOf(host, hello(), hello({ tls: outOfTime }, second))],
  ],
  notApplicable: [
    ["one address", evidenceOf(host, hello())],
    [
      "one of two has no TLS",
      evidenceOf(host, hello(), hello({ tls: unknown("not-applicable") }, second)),
    ],
    ["a matter of families", evidenceOf(host, hello(), shaking(bad, v6))],
  ],
});
