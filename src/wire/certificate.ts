import { createHash, type X509Certificate } from "node:crypto";
import { isIPv4 } from "node:net";
import { escapeText } from "../core/text.ts";
import type { CertificateFacts } from "../core/tls-facts.ts";
import { derChildren, derElements, derTime, oidText, type DerElement } from "./der.ts";
import { matchName, type PresentedNames } from "./name-match.ts";

const mostNames = 100;

/**
 * The facts of one certificate. The fields that Node gives as text to be parsed, or not at all, are
 * read from the DER. At most 100 names are listed; those that present the reference come first.
 */
export function certificateFacts(
  certificate: X509Certificate,
  reference: string,
): CertificateFacts {
  const parts = certificateParts(certificate.raw);
  const { names } = parts;
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serialNumber: certificate.serialNumber.toLowerCase(),
    notBefore: parts.notBefore,
    notAfter: parts.notAfter,
    dnsNames: matchingFirst(names.dnsNames, (name) =>
      matchName({ dnsNames: [name], ipAddresses: [] }, reference),
    ).map((name) => escapeText(name)),
    ipAddresses: matchingFirst(names.ipAddresses, (ip) =>
      matchName({ dnsNames: [], ipAddresses: [ip] }, reference),
    ),
    ...keyFacts(certificate),
    signatureAlgorithm: parts.signatureAlgorithm,
    sha256: sha256(certificate.raw),
    spkiSha256: sha256(parts.publicKey),
    selfSigned: isSelfSigned(certificate),
  };
}

function matchingFirst(names: readonly string[], match: (name: string) => string): string[] {
  if (names.length <= mostNames) return [...names];
  const matching = names.filter((name) => match(name) !== "none");
  return [...new Set([...matching, ...names])].slice(0, mostNames);
}

interface Parts {
  readonly notBefore: string;
  readonly notAfter: string;
  readonly signatureAlgorithm: string;
  readonly publicKey: Uint8Array;
  readonly names: PresentedNames;
}

/** What stands where in a certificate. spec: RFC 5280 4.1. */
function certificateParts(der: Uint8Array): Parts {
  const [certificate] = derElements(der) ?? [];
  const [body, algorithm] = derChildren(certificate);
  const fields = derChildren(body);
  // The version is optional, explicitly tagged [0].
  const skip = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [notBefore, notAfter] = derChildren(fields[skip + 3]);
  const oid = oidText(derChildren(algorithm)[0]?.contents ?? new Uint8Array());
  return {
    notBefore: derTime(notBefore),
    notAfter: derTime(notAfter),
    signatureAlgorithm:
      oid === rsassaPss ? pssName(algorithm) : (signatureAlgorithms.get(oid) ?? oid),
    publicKey: fields[skip + 5]?.whole ?? new Uint8Array(),
    names: alternativeNames(fields.find((field) => field.tag === 0xa3)),
  };
}

/** "rsassaPss-sha256": the hash stands in the parameters; SHA-1 where they do not name it. spec: RFC 4055 3.1. */
function pssName(algorithm: DerElement | undefined): string {
  const parameters = derChildren(derChildren(algorithm)[1]);
  const hash = derChildren(parameters.find(({ tag }) => tag === 0xa0))[0];
  if (hash === undefined) return "rsassaPss-sha1";
  const oid = oidText(derChildren(hash)[0]?.contents ?? new Uint8Array());
  return `rsassaPss-${hashes.get(oid) ?? oid}`;
}

/** The dNSName and iPAddress entries of the extension subjectAltName. spec: RFC 5280 4.2.1.6. */
function alternativeNames(extensions: DerElement | undefined): PresentedNames {
  const dnsNames: string[] = [];
  const ipAddresses: string[] = [];
  for (const extension of derChildren(derChildren(extensions)[0])) {
    const parts = derChildren(extension);
    if (oidText(parts[0]?.contents ?? new Uint8Array()) !== "2.5.29.17") continue;
    const value = parts[parts.length - 1];
    for (const name of derChildren(derChildren(value)[0])) {
      if (name.tag === 0x82) dnsNames.push(Buffer.from(name.contents).toString("latin1"));
      if (name.tag === 0x87) {
        const ip = ipText(name.contents);
        if (ip !== "") ipAddresses.push(ip);
      }
    }
  }
  return { dnsNames, ipAddresses };
}

function ipText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== 16) return "";
  const hex = Buffer.from(octets).toString("hex");
  const text = new URL(`http://[${(hex.match(/.{4}/g) ?? []).join(":")}]`).hostname;
  return isIPv4(text) ? "" : text.slice(1, -1);
}

const curveBits: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  secp224r1: 224,
  prime192v1: 192,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};

function keyFacts(
  certificate: X509Certificate,
): Pick<CertificateFacts, "keyType" | "keyBits" | "curve"> {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
    const bits = details?.modulusLength;
    const curve = details?.namedCurve;
    if (type === "ec") {
      const size = curve === undefined ? undefined : curveBits[curve];
      return {
        keyType: "ec",
        ...(size === undefined ? {} : { keyBits: size }),
        ...(curve === undefined ? {} : { curve }),
      };
    }
    if (type === "ed25519" || type === "ed448") return { keyType: type };
    const keyType =
      type === "rsa" || type === "rsa-pss" ? "rsa" : type === "dsa" ? type : "unknown";
    return { keyType, ...(bits === undefined ? {} : { keyBits: bits }) };
  } catch {
    return { keyType: "unknown" };
  }
}

function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
}

/** Node gives one attribute a line; line breaks inside a value are escaped there. */
function oneLine(name: string | undefined): string {
  return escapeText((name ?? "").split("\n").join(", ").slice(0, 1000));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** spec: RFC 3279 2.2, RFC 4055 5, RFC 5758 3, RFC 8410 3. */
const signatureAlgorithms: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.2", "md2WithRSAEncryption"],
  ["1.2.840.113549.1.1.4", "md5WithRSAEncryption"],
  ["1.2.840.113549.1.1.5", "sha1WithRSAEncryption"],
  ["1.2.840.113549.1.1.11", "sha256WithRSAEncryption"],
  ["1.2.840.113549.1.1.12", "sha384WithRSAEncryption"],
  ["1.2.840.113549.1.1.13", "sha512WithRSAEncryption"],
  ["1.2.840.113549.1.1.14", "sha224WithRSAEncryption"],
  ["1.2.840.10040.4.3", "dsa-with-sha1"],
  ["2.16.840.1.101.3.4.3.2", "dsa-with-sha256"],
  ["1.2.840.10045.4.1", "ecdsa-with-SHA1"],
  ["1.2.840.10045.4.3.1", "ecdsa-with-SHA224"],
  ["1.2.840.10045.4.3.2", "ecdsa-with-SHA256"],
  ["1.2.840.10045.4.3.3", "ecdsa-with-SHA384"],
  ["1.2.840.10045.4.3.4", "ecdsa-with-SHA512"],
  ["1.3.101.112", "ed25519"],
  ["1.3.101.113", "ed448"],
]);

const rsassaPss = "1.2.840.113549.1.1.10";

/** spec: RFC 4055 2.1. */
const hashes: ReadonlyMap<string, string> = new Map([
  ["1.3.14.3.2.26", "sha1"],
  ["2.16.840.1.101.3.4.2.4", "sha224"],
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
]);
