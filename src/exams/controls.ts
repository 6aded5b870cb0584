import { ipFamily, networkOf } from "../core/ip.ts";
import type { Observation } from "../core/observation.ts";
import type { ExamContext } from "../probes/context.ts";
import { portControl } from "../probes/port-control.ts";

/** Ports on which a mail host often answers beside 25. */
const otherPorts = [443, 587, 465] as const;
const addressesTried = 2;

/**
 * When nothing answered on port 25, asks whether the silent addresses answer elsewhere, and the
 * control host that the user named: what tells a dead exchanger from a blocked network.
 */
export async function examineControls(
  hellos: readonly Observation[],
  ctx: ExamContext,
  control: { readonly host: string; readonly port: number } | undefined,
): Promise<void> {
  const tried = hellos.filter(({ outcome }) => outcome !== "skipped");
  const silent = tried.filter(({ failure }) => failure?.code === "connect-timeout");
  if (silent.length === 0 || silent.length < tried.length) return;
  ctx.progress({ text: "asking whether this network blocks port 25" });
  const networks = new Map<string, Observation>();
  for (const hello of silent) networks.set(networkOf(hello.subject.ip ?? ""), hello);
  const tasks = [...networks.values()].slice(0, addressesTried).flatMap(({ id, subject }) =>
    otherPorts.map((port) => {
      const { host = "", ip = "" } = subject;
      return portControl({ host, ip, port }, "same-address", ctx, [id]);
    }),
  );
  if (control !== undefined) tasks.push(...(await controlTasks(control, ctx)));
  await Promise.all(tasks);
}

async function controlTasks(
  { host, port }: { readonly host: string; readonly port: number },
  ctx: ExamContext,
): Promise<ReturnType<typeof portControl>[]> {
  const ips =
    ipFamily(host) === 0
      ? (await ctx.resolver.query(host, "A", ctx.signal)).records.map(({ value }) => value)
      : [host];
  return ips.slice(0, 1).map((ip) => portControl({ host, ip, port }, "control", ctx, []));
}
