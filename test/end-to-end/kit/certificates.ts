import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./process.ts";

/** How a certificate is wrong, or "healthy". */
export type CertificateKind =
  | "healthy"
  /** Healthy with an RSA key, where the others have keys on P-256. */
  | "healthy-rsa"
  | "expired"
  | "not-yet-valid"
  | "wrong-name"
  | "self-signed"
  | "incomplete-chain"
  | "weak-key"
  | "sha1";

/** Makes certificates of a CA of its own. */
export interface CertificateAuthority {
  /** The root certificate, for `--ca-file`. */
  readonly caFile: string;
  /** Makes a certificate for the host's names and returns its PEM file: key, certificate, intermediate. */
  issue(kind: CertificateKind, host: string, otherNames?: readonly string[]): Promise<string>;
  /** A PEM file whose key does not belong to its certificate. */
  mismatched(host: string): Promise<string>;
}

const day = 86_400_000;

/** The first and last day of validity, in days from now. */
const validity: Partial<Record<CertificateKind, readonly [number, number]>> = {
  expired: [-100, -10],
  "not-yet-valid": [20, 110],
};

/** The keys that are not elliptic curves. */
const rsaBits: Readonly<Record<string, string>> = { weak: "1024", rsa: "2048" };

const configuration = (folder: string): string => `
[ca]
default_ca = intermediate
[root]
certificate = ${folder}/root.pem
private_key = ${folder}/root.key
${database(folder)}
[intermediate]
certificate = ${folder}/intermediate.pem
private_key = ${folder}/intermediate.key
${database(folder)}
[any]
commonName = supplied
[req]
distinguished_name = names
[names]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
`;

const database = (folder: string): string => `database = ${folder}/index.txt
new_certs_dir = ${folder}
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
`;

/** Makes root and intermediate in the folder, with openssl. */
export async function createCertificateAuthority(folder: string): Promise<CertificateAuthority> {
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): Promise<unknown> => run("openssl", args, folder);
  const config = file("ca.cnf");
  await mkdir(folder, { recursive: true });
  await writeFile(config, configuration(folder));
  await writeFile(file("index.txt"), "");

  const newKey = (name: string): Promise<unknown> =>
    name in rsaBits
      ? openssl("genrsa", "-out", file(`${name}.key`), rsaBits[name] ?? "")
      : openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", file(`${name}.key`));
  await Promise.all(["root", "intermediate", "server", "weak", "rsa", "other"].map(newKey));

  const request = ["-config", config, "-new", "-subj", "/CN=a name to be replaced"];
  for (const name of ["intermediate", "server", "weak", "rsa"])
    await openssl("req", ...request, "-key", file(`${name}.key`), "-out", file(`${name}.csr`));
  const root = ["-x509", "-key", file("root.key"), "-out", file("root.pem"), "-days", "3650"];
  const authority = ["-extensions", "authority", "-subj", "/CN=End-to-end test root"];
  await openssl("req", "-config", config, "-new", ...root, ...authority);
  const intermediate = ["-extensions", "authority", "-out", file("intermediate.pem")];
  await sign("root", "intermediate", "End-to-end test intermediate", [
    ...intermediate,
    ...period([-100, 1000]),
  ]);

  /** `openssl ca` keeps its database in files, so certificates are made one after another. */
  let queue: Promise<unknown> = Promise.resolve();

  function sign(
    issuer: "root" | "intermediate",
    requestName: string,
    commonName: string,
    more: readonly string[],
  ): Promise<unknown> {
    const by = ["-config", config, "-name", issuer, "-batch", "-notext"];
    const subject = ["-in", file(`${requestName}.csr`), "-subj", `/CN=${commonName}`];
    return openssl("ca", ...by, ...subject, ...more);
  }

  async function make(
    kind: CertificateKind,
    host: string,
    otherNames: readonly string[],
  ): Promise<string> {
    const name = kind === "wrong-name" ? `elsewhere.${host}` : host;
    const alternatives = [name, ...otherNames].map((entry) => `DNS:${entry}`).join(",");
    const key = kind === "weak-key" ? "weak" : kind === "healthy-rsa" ? "rsa" : "server";
    const certificate = file(`${kind}-${host}.crt`);
    const extensions = file(`${kind}-${host}.ext`);
    await writeFile(
      extensions,
      `subjectAltName = ${alternatives}\nextendedKeyUsage = serverAuth\nbasicConstraints = CA:FALSE\n`,
    );
    if (kind === "self-signed") {
      const own = ["-x509", "-key", file("server.key"), "-days", "90", "-out", certificate];
      const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName = ${alternatives}`];
      await openssl("req", "-config", config, "-new", ...own, ...names);
    } else {
      const digest = kind === "sha1" ? "sha1" : "sha256";
      const form = ["-extfile", extensions, "-md", digest, "-out", certificate];
      await sign("intermediate", key, name, [...form, ...period(validity[kind] ?? [-10, 80])]);
    }
    const alone = kind === "self-signed" || kind === "incomplete-chain";
    return bundle(`${kind}-${host}.pem`, [
      `${key}.key`,
      `${kind}-${host}.crt`,
      ...(alone ? [] : ["intermediate.pem"]),
    ]);
  }

  async function bundle(target: string, parts: readonly string[]): Promise<string> {
    const texts = await Promise.all(parts.map((part) => readFile(file(part), "utf8")));
    await writeFile(file(target), texts.join(""));
    return file(target);
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  return {
    caFile: file("root.pem"),
    issue: (kind, host, otherNames = []) => inTurn(() => make(kind, host, otherNames)),
    mismatched: async (host) => {
      await inTurn(() => make("healthy", host, []));
      return bundle(`mismatched-${host}.pem`, [
        "other.key",
        `healthy-${host}.crt`,
        "intermediate.pem",
      ]);
    },
  };
}

/** The arguments for a validity of so many days from now on. */
function period([first, last]: readonly [number, number]): string[] {
  const stamp = (days: number): string =>
    new Date(Date.now() + days * day).toISOString().replace(/[-:T]|\.\d+/g, "");
  return ["-startdate", stamp(first), "-enddate", stamp(last)];
}
