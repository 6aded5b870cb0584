import { unknown } from "../../core/fact.ts";
import { failure } from "../../core/failure.ts";
import { cannotTell, defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";
import { isOff } from "../session-traits.ts";

const ofExchange: ReadonlySet<string> = new Set(["XEXCH50", "X-LINK2STATE"]);

/** Extensions for a site's own machines, offered to a stranger. */
export const smtpInternalVerbs = defineCheck({
  id: "smtp/internal-verbs",
  title: "Strangers are offered no internal extensions",
  over: "smtp-hello",
  facts: ["extensions"],
  specs: [
    { ref: "RFC 5321 4.1.5", level: "advice" },
    { ref: "RFC 5321 7.9", level: "advice" },
  ],
  tags: ["smtp", "relay"],
  messages: {
    xclient: {
      severity: "error",
      text: "{server} offers XCLIENT to strangers: whoever uses it passes for any client, so that relaying rules, blocklists and login checks no longer hold.",
      fix: "Name only your own proxies in smtpd_authorized_xclient_hosts (Postfix), or leave it empty, and switch XCLIENT off in the proxy that announces it.",
      clause: "{who} {who:lets|let} strangers pose as any client (XCLIENT)",
    },
    xforward: {
      severity: "warning",
      text: "{server} offers XFORWARD to strangers: they can write a false origin into the server's log and into what its filters see.",
      fix: "Name only your own content filters in smtpd_authorized_xforward_hosts (Postfix), or leave it empty.",
      clause: "{who} {who:lets|let} strangers falsify the origin of mail (XFORWARD)",
    },
    exchange: {
      severity: "note",
      text: "{server} announces {verbs}, which only Exchange servers of the years before 2007 use among themselves.",
      fix: "Replace the server if it is that old; otherwise switch these verbs off on the connector that faces the Internet.",
      clause: "{who} {who:announces|announce} verbs of very old Exchange servers",
    },
  },
  explain: {
    what: "Whether the lists of extensions, before and after TLS, name XCLIENT, XFORWARD, XEXCH50 or X-LINK2STATE.",
    why: "These are meant for a site's own proxies, filters and servers. XCLIENT replaces the client's address by one of the client's choice.",
    fix: "Restrict them to the addresses of those machines.",
    blind: "Whether the server would obey; the verbs are never used.",
    falseAlarm:
      "Servers announce them to trusted addresses only, so from inside the server's own network they prove nothing: inconclusive. Verbs that every Exchange server of today shows (X-ANONYMOUSTLS, X-EXPS, XRDST) are not reported.",
  },
  run: ({ data, facts, subject }) => {
    const { extensionsAfterTls: after } = data;
    const keywords = new Set(
      [...facts.extensions, ...(after.known ? after.value : [])].map(({ keyword }) => keyword),
    );
    const verbs = [...keywords].filter((keyword) => ofExchange.has(keyword));
    const trusts = keywords.has("XCLIENT") || keywords.has("XFORWARD");
    if (trusts && data.ownNetwork) return cannotTell(unknown(failure("hello", "own-network")));
    const server = serverOf(subject);
    if (keywords.has("XCLIENT")) return problem("xclient", { server });
    // A worse one may stand in the list that was not seen.
    if (!after.known && !isOff(after)) return cannotTell(after);
    if (keywords.has("XFORWARD")) return problem("xforward", { server });
    return verbs.length > 0 ? problem("exchange", { server, verbs }) : pass();
  },
});
