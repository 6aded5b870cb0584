import { count } from "../../core/text.ts";
import type { DemoDomain } from "../../demo/internet.ts";
import { blank, type Line } from "../../report/terminal/layout.ts";

/** What the demo is, before anything else. */
export const introduction =
  "A miniature mail internet runs inside this process: a name server and mail servers on loopback, " +
  "some healthy, some not. Nothing leaves this machine. maildoctor examines it as it would any other.";

/** A domain's title and story, and the command whose output follows. */
export function storyOf({ domain, title, story }: DemoDomain, place = ""): readonly Line[] {
  return [
    { text: `${place}${domain}: ${title}`, tone: "strong" },
    { text: story.replace(/\s+/g, " ").trim() },
    { text: `$ maildoctor check ${domain}`, tone: "dim" },
  ];
}

/** Whether all came out as told, and what to try next. */
export function closing(
  domains: readonly DemoDomain[],
  unexpected: readonly string[],
): readonly Line[] {
  if (unexpected.length > 0)
    return [
      {
        text: `Not as its story says: ${unexpected.join(", ")}. Please report this.`,
        tone: "error",
      },
    ];
  const [first] = domains;
  const all =
    domains.length === 1
      ? `${first?.domain ?? "The domain"} came out as its story says.`
      : `All ${count(domains.length, "domain")} came out as their stories say.`;
  const one = domains.length > 1 ? "masked.example" : `${first?.domain ?? ""} -v`;
  const purpose =
    domains.length > 1 ? "any of them, with its story" : "with every line that was said";
  return [
    { text: all, tone: "good" },
    blank,
    { text: "What to try next:" },
    ...suggest(`maildoctor demo ${one}`, purpose),
    ...suggest("maildoctor demo --tour", "how mail travels, and where it breaks"),
    ...suggest("maildoctor demo --serve", "leave it running, for other commands"),
    ...suggest("maildoctor check example.com", "a domain of your own"),
  ];
}

/** A command and what it does. */
export function suggest(command: string, purpose: string): readonly Line[] {
  return [{ indent: 2, label: command.padEnd(36), text: purpose }];
}
