import { expandIpv6, ipFamily } from "../core/ip.ts";

/** Words for customers' lines and changing addresses. */
const poolWords: ReadonlySet<string> = new Set([
  "dyn",
  "dynamic",
  "dynip",
  "dial",
  "dialin",
  "dialup",
  "pool",
  "dsl",
  "adsl",
  "sdsl",
  "vdsl",
  "xdsl",
  "dhcp",
  "cable",
  "catv",
  "ppp",
  "pppoe",
  "broadband",
  "generic",
]);

/** Words with which operators name mail servers. */
const mailWords =
  /^(?:mail|mailout|mailin|e?mx|mta|smtp|smtps|outbound|inbound|relay|mailer|mailserver|webmail|postfix|exchange|bounce|sender)$/;

/**
 * How a reverse name looks: "dynamic" like that of a customer's line, "numbered" like the default
 * of a hosting provider (it spells the address), or undefined where somebody chose it.
 * `ownHosts` are names under which the machine is known; those are chosen, even when they spell the
 * address.
 */
export function genericName(
  name: string,
  ip: string,
  ownHosts: ReadonlySet<string>,
): "dynamic" | "numbered" | undefined {
  const lower = name.toLowerCase().replace(/\.$/, "");
  // The last two labels are the provider's own name: dyn.example is no dynamic line.
  const words = lower
    .split(".")
    .slice(0, -2)
    .flatMap((label) => label.split(/[-_]/))
    .map((word) => word.replace(/^\d+|\d+$/g, ""));
  if (words.some((word) => mailWords.test(word))) return undefined;
  const isPool = words.some((word) => poolWords.has(word));
  const spells = spellsAddress(lower, ip);
  if (isPool && (spells || /\d/.test(lower))) return "dynamic";
  return spells && !ownHosts.has(lower) ? "numbered" : undefined;
}

/** Whether the name holds the whole address, forwards or backwards, in any usual spelling. */
function spellsAddress(name: string, ip: string): boolean {
  if (ipFamily(ip) === 4) {
    const octets = ip.split(".").map(Number);
    const hex = octets.map((octet) => octet.toString(16).padStart(2, "0")).join("");
    const padded = octets.map((octet) => String(octet).padStart(3, "0")).join("");
    if (new RegExp(`(?<![0-9a-f])${hex}(?![0-9a-f])`).test(name)) return true;
    if (new RegExp(`(?<!\\d)${padded}(?!\\d)`).test(name)) return true;
    return [octets, octets.toReversed()].some((order) =>
      new RegExp(
        `(?<!\\d)${order.map((octet) => `0{0,2}${octet}`).join("[^a-z0-9]+")}(?!\\d)`,
      ).test(name),
    );
  }
  const groups = expandIpv6(ip);
  const nibbles = [...groups.join("")];
  const bare = name.replace(/[^0-9a-z]/g, "");
  const short = ip.toLowerCase().replaceAll(":", "-");
  const plain = groups.map((group) => group.replace(/^0+(?=.)/, "")).join("-");
  return (
    [nibbles, nibbles.toReversed()].some((order) => bare.includes(order.join(""))) ||
    [short, plain].some((text) => new RegExp(`(?<![0-9a-f])${text}(?![0-9a-f])`).test(name))
  );
}
