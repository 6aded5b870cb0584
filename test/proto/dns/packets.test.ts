import { expect, test } from "vitest";
import type { RecordType } from "../../../src/core/dns.ts";
import { readAnswer, type Reading } from "../../../src/proto/dns/answer.ts";
import { validateMessage } from "../../../src/proto/dns/validate.ts";
import { packetNames, readPacket } from "../../kit/packets.ts";

type Expected =
  | { readonly malformed: RegExp }
  | {
      readonly ask: readonly [string, RecordType];
      readonly status: Reading["status"] | RegExp;
      readonly values?: readonly unknown[];
      readonly chain?: readonly string[];
      readonly notes?: readonly string[];
      readonly code?: string;
    };

const mx: readonly [string, RecordType] = ["example.com", "MX"];
const digest = Buffer.from(Array.from({ length: 32 }, (_none, index) => index)).toString("hex");
const mx1 = { preference: 10, exchange: "mx1.example.com" };

const expected: Record<string, Expected> = {
  "good-a": { ask: ["example.com", "A"], status: "answer", values: ["192.0.2.1", "192.0.2.2"] },
  "good-aaaa": { ask: ["example.com", "AAAA"], status: "answer", values: ["2001:db8::25"] },
  "good-ns": {
    ask: ["example.com", "NS"],
    status: "answer",
    values: ["ns.example.com", "ns.example.net"],
  },
  "good-soa": {
    ask: ["example.com", "SOA"],
    status: "answer",
    values: [
      {
        mname: "ns.example.com",
        rname: "hostmaster.example.com",
        serial: 2026112301,
        refresh: 7200,
        retry: 900,
        expire: 1209600,
        minimum: 300,
      },
    ],
  },
  "good-mx": {
    ask: mx,
    status: "answer",
    values: [mx1, { preference: 20, exchange: "mx2.example.com" }],
  },
  "good-mx-null": { ask: mx, status: "answer", values: [{ preference: 0, exchange: "." }] },
  "good-ptr": {
    ask: ["25.2.0.192.in-addr.arpa", "PTR"],
    status: "answer",
    values: ["mail.example.com"],
  },
  "good-cname": {
    ask: ["www.example.com", "CNAME"],
    status: "answer",
    values: ["host.example.net"],
    chain: [],
  },
  "good-txt": {
    ask: ["example.com", "TXT"],
    status: "answer",
    values: [["v=spf1 ", "-all"], ["\xff\xfe\x1b\x00"]],
  },
  "good-srv": {
    ask: ["_imaps._tcp.example.com", "SRV"],
    status: "answer",
    values: [{ priority: 0, weight: 1, port: 993, target: "imap.example.com" }],
  },
  "good-caa": {
    ask: ["example.com", "CAA"],
    status: "answer",
    values: [{ flags: 128, tag: "issue", value: "ca.example.net" }],
  },
  "good-tlsa": {
    ask: ["_25._tcp.mx1.example.com", "TLSA"],
    status: "answer",
    values: [{ usage: 3, selector: 1, matchingType: 1, data: digest }],
  },
  "good-ds": {
    ask: ["example.com", "DS"],
    status: "answer",
    values: [{ keyTag: 12345, algorithm: 13, digestType: 2, digest }],
  },
  "good-dnskey": {
    ask: ["example.com", "DNSKEY"],
    status: "answer",
    values: [
      {
        flags: 257,
        protocol: 3,
        algorithm: 13,
        key: Buffer.from("maildoctor-key!!").toString("base64"),
      },
    ],
  },
  "good-rrsig": {
    ask: ["example.com", "RRSIG"],
    status: "answer",
    values: [
      {
        typeCovered: "MX",
        algorithm: 13,
        labels: 2,
        originalTtl: 3600,
        expiration: 1798761600,
        inception: 1795219200,
        keyTag: 12345,
        signer: "example.com",
      },
    ],
  },
  "good-mx-signed": { ask: mx, status: "answer", values: [mx1], notes: [] },
  "good-alias-chain": {
    ask: ["www.example.com", "A"],
    status: "answer",
    values: ["192.0.2.7"],
    chain: ["b.example.net", "c.example.net"],
    notes: [],
  },
  "good-alias-by-dname": {
    ask: ["www.old.example", "A"],
    status: "answer",
    values: ["192.0.2.8"],
    chain: ["www.new.example"],
    notes: [],
  },
  "good-alias-without-end": {
    ask: ["www.example.com", "A"],
    status: "alias",
    chain: ["host.example.net"],
  },
  "good-alias-to-no-data": {
    ask: ["www.example.com", "AAAA"],
    status: "no-data",
    chain: ["example.com"],
  },
  "good-alias-to-nothing": {
    ask: ["www.example.com", "A"],
    status: "name-not-found",
    chain: ["gone.example.com"],
  },
  "good-no-data": { ask: mx, status: "no-data" },
  "good-no-data-bare": { ask: mx, status: "no-data" },
  "good-nxdomain": { ask: ["nosuch.example.com", "MX"], status: "name-not-found" },
  "good-upper-case": { ask: mx, status: "answer", values: [mx1] },
  "good-odd-labels": {
    ask: mx,
    status: "answer",
    values: [{ preference: 10, exchange: "mail\\046evil.\\092\\027\\000\\255\\032.example.com" }],
  },
  "good-ttl-top-bit": { ask: ["example.com", "A"], status: "answer", values: ["192.0.2.1"] },
  "good-duplicate": {
    ask: ["example.com", "A"],
    status: "answer",
    values: ["192.0.2.1"],
    notes: ["left out 1 duplicate record"],
  },
  "good-with-stray-records": {
    ask: ["example.com", "A"],
    status: "answer",
    values: ["192.0.2.1"],
    notes: ["ignored 1 record of another class", "ignored 1 record that nobody asked for"],
  },
  "good-pointer-into-data": {
    ask: ["x.example.com", "PTR"],
    status: "answer",
    values: ["a.example.com", "b.a.example.com"],
  },
  "error-servfail-extended": {
    ask: mx,
    code: "dns-servfail",
    status: /^answered SERVFAIL to MX example.com \(EDE 9: DNSKEY Missing, "no SEP matching/,
  },
  "error-servfail": { ask: mx, code: "dns-servfail", status: /^answered SERVFAIL to MX/ },
  "error-referral": { ask: mx, code: "dns-refused", status: /^answered MX .* with a referral/ },
  "error-refused": { ask: mx, code: "dns-refused", status: /^answered REFUSED to MX/ },
  "error-formerr": { ask: mx, code: "dns-rcode", status: /^answered FORMERR to MX/ },
  "error-notimp": { ask: mx, code: "dns-rcode", status: /^answered NOTIMP to MX/ },
  "error-badvers": { ask: mx, code: "dns-rcode", status: /^answered BADVERS to MX/ },
  "error-odd-rcode": { ask: mx, code: "dns-rcode", status: /^answered RCODE11 to MX/ },
  "inconsistent-nxdomain-with-answers": {
    ask: mx,
    code: "dns-inconsistent",
    status: /NXDOMAIN to MX example.com and sent such records/,
  },
  "inconsistent-other-name": {
    ask: mx,
    code: "dns-inconsistent",
    status: /records of other questions/,
  },
  "inconsistent-class-ch": {
    ask: ["example.com", "TXT"],
    code: "dns-inconsistent",
    status: /records of other questions/,
  },
  "loop-itself": {
    ask: ["www.example.com", "A"],
    code: "dns-cname-loop",
    status: /lead back to www.example.com/,
  },
  "loop-pair": {
    ask: ["a.example", "A"],
    code: "dns-cname-loop",
    status: /lead back to a.example/,
  },
  "loop-nine-aliases": {
    ask: ["a0.example", "A"],
    code: "dns-cname-loop",
    status: /more than 8 aliases/,
  },
  "malformed-counts-bomb": { malformed: /65535 questions and 196605 records do not fit/ },
  "malformed-short-header": { malformed: /11 octets long/ },
  "malformed-empty": { malformed: /0 octets long/ },
  "malformed-count-without-data": { malformed: /runs past the end/ },
  "malformed-count-too-low": { malformed: /16 octets follow its last record/ },
  "malformed-trailing-octets": { malformed: /4 octets follow/ },
  "malformed-two-questions": { malformed: /more than one question/ },
  "malformed-pointer-to-itself": { malformed: /not lead backwards/ },
  "malformed-pointer-pair": { malformed: /not lead backwards/ },
  "malformed-pointer-through-label": { malformed: /not lead backwards/ },
  "malformed-pointer-forwards": { malformed: /not lead backwards/ },
  "malformed-pointer-past-end": { malformed: /not lead backwards/ },
  "malformed-pointer-into-header": { malformed: /into the header/ },
  "malformed-reserved-label": { malformed: /reserved type/ },
  "malformed-name-too-long": { malformed: /longer than 255 octets/ },
  "malformed-rdlength-past-end": { malformed: /data of a record runs past the end/ },
  "malformed-rdlength-short": { malformed: /does not end where its length says/ },
  "malformed-a-three-octets": { malformed: /type A cannot be 3 octets/ },
  "malformed-aaaa-four-octets": { malformed: /type AAAA cannot be 4 octets/ },
  "malformed-txt-overrun": { malformed: /string of a TXT record runs past/ },
  "malformed-txt-empty": { malformed: /holds no string/ },
  "malformed-mx-without-name": { malformed: /ends before its name/ },
  "malformed-mx-trailing": { malformed: /does not end where/ },
  "malformed-soa-short": { malformed: /does not end where/ },
  "malformed-srv-short": { malformed: /ends before its name/ },
  "malformed-tlsa-short": { malformed: /type TLSA cannot be 3/ },
  "malformed-ds-short": { malformed: /type DS cannot be 4/ },
  "malformed-dnskey-short": { malformed: /type DNSKEY cannot be 4/ },
  "malformed-dnskey-protocol": {
    ask: ["example.com", "DNSKEY"],
    code: "dns-malformed",
    status: /record that cannot be decoded/,
  },
  "malformed-rrsig-without-signature": { malformed: /does not end where/ },
  "malformed-caa-tag": { malformed: /type CAA/ },
  "malformed-caa-empty-tag": { malformed: /type CAA/ },
  "malformed-glue": { malformed: /type A cannot be 2 octets/ },
  "malformed-two-opt": { malformed: /more than one OPT/ },
  "malformed-opt-among-answers": { malformed: /OPT record is misplaced/ },
  "malformed-option-overrun": { malformed: /option runs past/ },
};

test("every packet has an expectation and every expectation a packet", () => {
  expect(Object.keys(expected).toSorted()).toEqual(packetNames());
});

test.each(Object.entries(expected))("%s.hex is read for what it is", (name, wanted) => {
  const message = validateMessage(readPacket(name));
  if ("malformed" in wanted) {
    expect(message).toEqual(
      expect.objectContaining({ malformed: expect.stringMatching(wanted.malformed) }),
    );
    return;
  }
  if ("malformed" in message) throw new Error(message.malformed);
  const [asked, type] = wanted.ask;
  const reading = readAnswer(message, { name: asked, type }, 8);
  if (typeof wanted.status === "string") expect(reading.status).toBe(wanted.status);
  else {
    expect(reading.status).toBe("failed");
    expect(reading.problem).toEqual({
      code: wanted.code,
      text: expect.stringMatching(wanted.status),
    });
  }
  expect(reading.records.map(({ value }) => value)).toEqual(wanted.values ?? []);
  if (wanted.chain !== undefined) expect(reading.cnameChain).toEqual(wanted.chain);
  if (wanted.notes !== undefined) expect(reading.notes).toEqual(wanted.notes);
});

test("a TTL with its top bit set is read as 0", () => {
  const message = validateMessage(readPacket("good-ttl-top-bit"));
  expect(message).toMatchObject({ answers: [{ ttlSeconds: 0 }] });
});

test("twelve octets that promise 262,140 entries cost less than a millisecond", () => {
  const bomb = readPacket("malformed-counts-bomb");
  const startedAt = performance.now();
  for (let round = 0; round < 1000; round += 1) validateMessage(bomb);
  expect((performance.now() - startedAt) / 1000).toBeLessThan(1);
});
