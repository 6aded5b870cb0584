import { known, unknown } from "../../../src/core/fact.ts";
import type { TlsFacts } from "../../../src/core/tls-facts.ts";
import { tlsKeyExchange } from "../../../src/checks/tls/key-exchange.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

const gcm = "WITH_AES_256_GCM_SHA384";
const version = "TLSv1.2";
const agreed = (over: Partial<TlsFacts>) => evidenceOf(hello({ tls: known(tls(over)) }));
const { keyExchange: _name, keyExchangeBits: _bits, ...bare } = tls({ version });
const fixed = (cipher: string) => evidenceOf(hello({ tls: known({ ...bare, cipher }) }));

testCheck(tlsKeyExchange, import.meta.url, {
  pass: [
    ["TLS 1.3", evidenceOf(hello())],
    [
      "an elliptic curve of 253 bits",
      agreed({ version, cipher: `TLS_ECDHE_RSA_${gcm}`, keyExchange: "X25519" }),
    ],
    [
      "a group of 2048 bits",
      agreed({ version, cipher: `TLS_DHE_RSA_${gcm}`, keyExchange: "DH", keyExchangeBits: 2048 }),
    ],
    ["a curve whose name was not told", fixed(`TLS_ECDHE_RSA_${gcm}`)],
  ],
  problems: {
    static: [["RSA key transport", fixed("TLS_RSA_WITH_AES_128_CBC_SHA")]],
    short: [
      [
        "a group of 1024 bits",
        agreed({ version, cipher: `TLS_DHE_RSA_${gcm}`, keyExchange: "DH", keyExchangeBits: 1024 }),
      ],
    ],
  },
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["no TLS", evidenceOf(hello({ tls: unknown("not-applicable") }))]],
});
