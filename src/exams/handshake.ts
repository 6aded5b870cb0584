import { ipFamily } from "../core/ip.ts";
import { mxSet } from "../probes/mx-set.ts";
import { observe } from "../probes/observe.ts";
import type { Observation } from "../core/observation.ts";
import type { ExamContext } from "../probes/context.ts";
import { examineControls } from "./controls.ts";
import type { Exam } from "./exam.ts";
import { examineMailHost } from "./mail-host.ts";

/**
 * The SMTP handshake of a host, or of a domain's exchangers: a name with MX records and no port
 * means the domain; an IP literal, a port, or a name without MX records means the host itself.
 */
export const handshakeExam: Exam = async ({ target, ctx, sessions, environment, control }) => {
  const { host = target.domain, port } = target;
  const hellos: Observation[] = [];
  const watching: ExamContext = {
    ...ctx,
    record(observation) {
      if (observation.kind === "smtp-hello") hellos.push(observation as unknown as Observation);
      return ctx.record(observation);
    },
  };
  // A host that the person typed is dialled as it is.
  const typed: ExamContext = { ...watching, mayDial: () => true };
  observe(ctx, "environment", {}, ctx.clock.now(), { data: environment });
  if (ipFamily(host) !== 0) {
    await examineMailHost({ host, ip: host, port: port ?? 25 }, typed, sessions, []);
  } else if (port !== undefined) {
    await examineMailHost({ host, port }, typed, sessions, []);
  } else {
    ctx.progress({ text: `looking up the MX set of ${target.unicode}` });
    const mx = await mxSet({ domain: host }, ctx);
    const published = mx.data?.records.known === true && mx.data.records.value.length > 0;
    const visits = published
      ? (mx.data?.hosts ?? []).map((name) =>
          examineMailHost({ host: name, port: 25 }, watching, sessions, [mx.id]),
        )
      : [examineMailHost({ host, port: 25 }, typed, sessions, [mx.id])];
    await Promise.all(visits);
  }
  await examineControls(hellos, ctx, control);
};
