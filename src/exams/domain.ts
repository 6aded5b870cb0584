import { dmarcRecord } from "../probes/dmarc-record.ts";
import { mxSet } from "../probes/mx-set.ts";
import { observe } from "../probes/observe.ts";
import { spfRecord } from "../probes/spf-record.ts";
import type { Observation } from "../core/observation.ts";
import type { ExamContext } from "../probes/context.ts";
import { examineControls } from "./controls.ts";
import type { Exam } from "./exam.ts";
import { examineMailHost } from "./mail-host.ts";

/** Everything public about a domain's mail: its records, its exchangers, one session per address. */
export const domainExam: Exam = async ({ target, ctx, sessions, environment, control }) => {
  const { domain } = target;
  const hellos: Observation[] = [];
  const watching: ExamContext = {
    ...ctx,
    record(observation) {
      if (observation.kind === "smtp-hello") hellos.push(observation as unknown as Observation);
      return ctx.record(observation);
    },
  };
  observe(ctx, "environment", {}, ctx.clock.now(), { data: environment });
  ctx.progress({ text: `looking up the MX set of ${target.unicode}` });
  const visitExchangers = async (): Promise<void> => {
    const mx = await mxSet({ domain }, ctx);
    const hosts = mx.data?.hosts ?? [];
    if (mx.outcome === "failed" && hosts.length === 0) skipExchangers(domain, mx.id, ctx);
    await Promise.all(
      hosts.map((host) => examineMailHost({ host, port: 25, domain }, watching, sessions, [mx.id])),
    );
  };
  await Promise.all([visitExchangers(), spfRecord({ domain }, ctx), dmarcRecord({ domain }, ctx)]);
  await examineControls(hellos, ctx, control);
};

/** Records that the exchangers were not visited because nobody knows which they are. */
function skipExchangers(domain: string, mxId: string, ctx: ExamContext): void {
  const now = ctx.clock.now();
  const unseen = { data: null, skipReason: "depends-on", dependsOn: [mxId] } as const;
  const unasked = { data: null, skipReason: "not-requested" } as const;
  observe(ctx, "addresses", { domain }, now, unseen);
  observe(ctx, "reverse-name", { domain }, now, unseen);
  observe(ctx, "smtp-hello", { domain }, now, ctx.ask.passive ? unasked : unseen);
  const envelope = ctx.ask.passive || !ctx.ask.envelope ? unasked : unseen;
  observe(ctx, "smtp-envelope", { domain }, now, envelope);
}
