/** What checks are about, for people: the first pattern that fits an id names it. */
const topics: readonly (readonly [id: RegExp, topic: string])[] = [
  [/starttls/, "STARTTLS"],
  [/reverse|ptr/, "reverse names"],
  [/postmaster/, "postmaster"],
  [/null-sender/, "bounces"],
  [/relay/, "relaying"],
  [/^tls\/certificate/, "certificates"],
  [/^tls-rpt\//, "TLS reporting"],
  [/^(tls|mx|spf|dmarc|dkim|smtp|mta-sts|dane|dnssec|bimi)\//, ""],
  [/^domain\//, "the domain"],
  [/^zone\//, "the zone"],
  [/^address\//, "addresses"],
  [/^blocklist\//, "blocklists"],
  [/^service\//, "client services"],
  [/^settings\//, "client settings"],
  [/^session\//, "the session"],
  [/^environment\//, "this machine"],
];

/** What the checks are about, each topic once, in the order of the ids: "MX, STARTTLS, SPF". */
export function topicsOf(checkIds: readonly string[]): string {
  return [...new Set(checkIds.map((id) => topicOf(id)))].join(", ");
}

function topicOf(id: string): string {
  const room = id.split("/")[0] ?? id;
  const topic = topics.find(([pattern]) => pattern.test(id))?.[1] ?? room;
  return topic === "" ? room.toUpperCase() : topic;
}
