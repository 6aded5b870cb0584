import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import type { ServerIdentity } from "../../src/wire/listen.ts";

interface Contents {
  /** Contents of dNSName entries, one latin1 character per octet. */
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly Uint8Array[];
  readonly commonName?: string;
  /** UTCTime or GeneralizedTime by its length. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** What the certificate calls its signature algorithm: contents of an AlgorithmIdentifier. */
  readonly algorithm?: Uint8Array;
}

/** Makes a self-signed certificate with contents that no honest authority would sign. */
export function makeCertificate(contents: Contents): ServerIdentity & { readonly der: Uint8Array } {
  const { dnsNames = [], ipAddresses = [], commonName = "test" } = contents;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = tlv(0x30, contents.algorithm ?? hex("06082a8648ce3d040302"));
  const name = tlv(0x30, tlv(0x31, tlv(0x30, hex("0603550403"), text(0x0c, commonName))));
  const names = [
    ...dnsNames.map((entry) => text(0x82, entry)),
    ...ipAddresses.map((entry) => tlv(0x87, entry)),
  ];
  const extension = tlv(0x30, hex("0603551d11"), tlv(0x04, tlv(0x30, ...names)));
  const body = tlv(
    0x30,
    hex("a003020102"),
    hex("02020abc"),
    algorithm,
    name,
    tlv(
      0x30,
      time(contents.notBefore ?? "200101000000Z"),
      time(contents.notAfter ?? "20990101000000Z"),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    ...(names.length === 0 ? [] : [tlv(0xa3, tlv(0x30, extension))]),
  );
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const signature = sign("sha256", body, createPrivateKey(pem));
  const der = tlv(0x30, body, algorithm, tlv(0x03, hex("00"), signature));
  const lines = (der.toString("base64").match(/.{1,64}/g) ?? []).join("\n");
  const certificates = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  return { certificates, privateKey: pem, der };
}

/** One DER element. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const contents = Buffer.concat(parts);
  const size = contents.length;
  const length = size < 128 ? [size] : [0x83, size >> 16, (size >> 8) & 255, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), contents]);
}

const hex = (digits: string): Buffer => Buffer.from(digits, "hex");
const text = (tag: number, value: string): Buffer => tlv(tag, Buffer.from(value, "latin1"));
const time = (value: string): Buffer => text(value.length === 13 ? 0x17 : 0x18, value);
