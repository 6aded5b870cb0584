import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { certificateFacts } from "../../src/wire/certificate.ts";
import { derElements, derTime, oidText } from "../../src/wire/der.ts";
import { matchName } from "../../src/wire/name-match.ts";
import { ca, cert } from "../kit/certs.ts";
import { makeCertificate, tlv } from "./make-certificate.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

const factsOf = (pem: string | Uint8Array, reference = "mx.example.com") =>
  certificateFacts(new X509Certificate(pem), reference);

test("reads what Node reads, and what it does not", () => {
  const pem = cert("healthy-rsa").certificates;
  const node = new X509Certificate(pem);
  const facts = factsOf(pem);
  expect(facts).toMatchObject({
    keyType: "rsa",
    keyBits: 2048,
    signatureAlgorithm: expect.stringMatching(
      /^(sha256WithRSAEncryption|ecdsa-with-SHA256)$/,
    ) as string,
    selfSigned: false,
    notBefore: new Date(node.validFrom).toISOString(),
    notAfter: new Date(node.validTo).toISOString(),
    sha256: node.fingerprint256.replaceAll(":", "").toLowerCase(),
  });
  expect(facts.dnsNames).toContain("mx.example.com");
  expect(facts.spkiSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(factsOf(ca).selfSigned).toBe(true);
  expect(factsOf(cert("healthy-ec").certificates)).toMatchObject({
    keyType: "ec",
    keyBits: 256,
    curve: "prime256v1",
  });
});

test("names with a NUL or a forged list in them present neither of their parts", () => {
  const { der } = makeCertificate({
    dnsNames: ["mx.example.com\0.evil.example", "a.example, DNS:mx.example.com", "mx.example.com "],
    commonName: "mx.example.com",
  });
  const facts = factsOf(der);
  expect(facts.dnsNames).toEqual([
    "mx.example.com\\x00.evil.example",
    "a.example, DNS:mx.example.com",
    "mx.example.com ",
  ]);
  expect(matchName(facts, "mx.example.com")).toBe("none");
});

test("addresses of both families are read, of other lengths not", () => {
  const { der } = makeCertificate({
    ipAddresses: [
      Buffer.from([192, 0, 2, 1]),
      Buffer.from("20010db8000000000000000000000001", "hex"),
      Buffer.from([1, 2, 3]),
    ],
  });
  expect(factsOf(der).ipAddresses).toEqual(["192.0.2.1", "2001:db8::1"]);
  expect(matchName(factsOf(der), "2001:DB8:0::1")).toBe("exact");
});

test("at most 100 names are listed, and the one that matters is among them", () => {
  const dnsNames = Array.from({ length: 150 }, (_, index) => `host${index}.example`);
  const { der } = makeCertificate({ dnsNames: [...dnsNames, "mx.example.com"] });
  const facts = factsOf(der);
  expect(facts.dnsNames).toHaveLength(100);
  expect(matchName(facts, "mx.example.com")).toBe("exact");
});

test("text is escaped, and a common name alone presents nothing", () => {
  const facts = factsOf(makeCertificate({ commonName: "\x1b[31mmx.example.com" }).der);
  expect(facts.subject).not.toContain("\x1b");
  expect(facts.dnsNames).toEqual([]);
  expect(facts.selfSigned).toBe(true);
});

test.each([
  [0x17, "200101000000Z", "2020-01-01T00:00:00.000Z"],
  [0x17, "991231235959Z", "1999-12-31T23:59:59.000Z"],
  [0x18, "20991231235959Z", "2099-12-31T23:59:59.000Z"],
  [0x18, "20991331235959Z", ""],
  [0x17, "20991231235959Z", ""],
  [0x17, "nonsense", ""],
])("time with tag %i, %s", (tag, text, expected) => {
  expect(derTime(derElements(tlv(tag, Buffer.from(text)))?.[0])).toBe(expected);
});

test.each([
  ["2a864886f70d01010b", "1.2.840.113549.1.1.11"],
  ["551d11", "2.5.29.17"],
  ["883703", "2.999.3"],
  ["80", ""],
  ["", ""],
])("object identifier %s", (hex, expected) => {
  expect(oidText(Buffer.from(hex, "hex"))).toBe(expected);
});

test("the DER reader never throws and never reads outside", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const elements = derElements(bytes) ?? [];
      const total = elements.reduce((sum, { whole }) => sum + whole.length, 0);
      expect(total).toBeLessThanOrEqual(bytes.length);
      oidText(bytes);
      derTime({ tag: 0x17, contents: bytes, whole: bytes });
    }),
  );
});

test.each([
  ["SHA-1 by default", "", "rsassaPss-sha1"],
  ["SHA-1 by name", "a00b300906052b0e03021a0500", "rsassaPss-sha1"],
  ["SHA-256", "a00f300d06096086480165030402010500", "rsassaPss-sha256"],
])("an RSA-PSS signature is named with its hash: %s", (_what, hash, name) => {
  const parameters = tlv(0x30, Buffer.from(hash, "hex"));
  const algorithm = Buffer.concat([Buffer.from("06092a864886f70d01010a", "hex"), parameters]);
  expect(factsOf(makeCertificate({ algorithm }).der).signatureAlgorithm).toBe(name);
});
