import { delegation } from "../probes/delegation.ts";
import { mxSet } from "../probes/mx-set.ts";
import { observe } from "../probes/observe.ts";
import type { Exam } from "./exam.ts";
import { examineMailHost } from "./mail-host.ts";

/** The route that a sender walks to a domain, by DNS alone: nothing is dialled. */
export const routeExam: Exam = async ({ target, ctx, environment }) => {
  const { domain } = target;
  observe(ctx, "environment", {}, ctx.clock.now(), { data: environment });
  ctx.progress({ text: `looking up the MX set of ${target.unicode}` });
  const lookUpExchangers = async (): Promise<void> => {
    const mx = await mxSet({ domain }, ctx);
    await Promise.all(
      (mx.data?.hosts ?? []).map((host) =>
        examineMailHost({ host, port: 25, domain }, ctx, undefined, [mx.id]),
      ),
    );
  };
  await Promise.all([delegation({ domain }, ctx), lookUpExchangers()]);
};
