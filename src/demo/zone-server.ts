import { Packet, type Question, type Resource } from "dns2";
import { createZoneDatabase, keyOf, type Resolution } from "./zone-lookup.ts";
import { openNameServer, type Reply } from "./zone-listen.ts";
import { parseZone } from "./zone-parser.ts";
import { toResource } from "./zone-wire.ts";
import { zoneTypes, type Zone } from "./zone.ts";

/** A question as it came in. */
export interface ZoneQuery {
  /** Lower case, without final dot; "" for the root. */
  readonly name: string;
  /** "MX", or "TYPE65". */
  readonly type: string;
  readonly transport: "udp" | "tcp";
}

/** A resolver that answers from zones alone. */
export interface ZoneServer {
  readonly host: "127.0.0.1" | "::1";
  /** The same for UDP and TCP. */
  readonly port: number;
  /** All questions so far, in order. */
  readonly queries: readonly ZoneQuery[];
  close(): Promise<void>;
}

/**
 * Starts a name server on a free loopback port that answers as a validating resolver of an
 * internet made of these zones would: EDNS, AD for authentic names to who asks for it, TC, negative
 * answers with SOA, questions echoed in the letters received.
 * Throws when a text has problems: a broken fixture is a bug.
 * spec: RFC 1035 4, RFC 2308 2, RFC 5452 9.1, RFC 6840 5.7, 5.8, RFC 6891 6.1.1
 */
export async function startZoneServer(
  zones: readonly (string | Zone)[],
  options: { readonly host?: "127.0.0.1" | "::1" } = {},
): Promise<ZoneServer> {
  const { host = "127.0.0.1" } = options;
  const parsed = zones.map((zone) => (typeof zone === "string" ? parsedZone(zone) : zone));
  for (const record of parsed.flatMap((zone) => zone.records)) toResource(record);
  const database = createZoneDatabase(parsed);
  const queries: ZoneQuery[] = [];

  const answer = (request: Packet, transport: "udp" | "tcp"): Reply => {
    const [question] = request.questions;
    if (request.header.qr !== 0 || !question) return undefined;
    if (request.header.opcode !== 0 || request.questions.length !== 1)
      return respond(request, rcodes.notimp, transport);
    queries.push({ name: keyOf(question.name), type: typeName(question), transport });
    if (question.class !== 1) return respond(request, rcodes.refused, transport);
    const resolution = database.resolve(question.name, question.type);
    if (resolution.status === "timeout") return undefined;
    return respond(request, rcodes[resolution.status], transport, resolution);
  };

  const server = await openNameServer(host, answer);
  return { host, port: server.port, queries, close: () => server.close() };
}

const rcodes = {
  answer: 0,
  "no-data": 0,
  servfail: 2,
  "name-not-found": 3,
  notimp: 4,
  refused: 5,
} as const;
const optType = 41;
const udpPayloadBytes = 1232;

function respond(
  request: Packet,
  rcode: number,
  transport: "udp" | "tcp",
  resolution?: Resolution,
): Buffer {
  const asked = request.additionals.find((record) => record.type === optType);
  const wantsAd = adBit(request) === 1 || ((asked?.ttl ?? 0) & 0x8000) !== 0;
  const content = resolution && "answers" in resolution ? resolution : undefined;
  const build = (records: boolean): Buffer => {
    const response = Packet.createResponseFromRequest(request);
    Object.assign(response.header, {
      ra: 1,
      rcode,
      tc: records ? 0 : 1,
      ad: content?.authentic && wantsAd ? 1 : 0,
    });
    if (records) {
      response.answers = (content?.answers ?? []).map((record) => toResource(record));
      response.authorities = (content?.authorities ?? []).map((record) => toResource(record));
    }
    if (asked) response.additionals = [opt(asked)];
    return response.toBuffer();
  };
  if (transport === "udp" && content?.truncate) return build(false);
  const full = build(true);
  const room = asked ? Math.max(asked.class, 512) : 512;
  return transport === "udp" && full.length > room ? build(false) : full;
}

/** Our OPT: the DO bit as it came, no options. */
function opt(asked: Resource): Resource {
  const ttl = asked.ttl & 0x8000;
  return {
    name: "",
    type: optType,
    class: udpPayloadBytes,
    ttl,
    rdata: [],
  } as unknown as Resource;
}

/** dns2 reads AD, but its types do not say so. */
function adBit(request: Packet): number {
  return (request.header as unknown as { readonly ad: number }).ad;
}

function typeName(question: Question): string {
  const known = Object.entries(zoneTypes).find(([, number]) => number === question.type);
  return known?.[0] ?? `TYPE${question.type}`;
}

function parsedZone(text: string): Zone {
  const { zone, problems } = parseZone(text);
  if (problems) throw new Error(problems.map((p) => `line ${p.line}: ${p.message}`).join("\n"));
  return zone;
}
