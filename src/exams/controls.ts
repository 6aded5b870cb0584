import { ipFamily, networkOf } from "../core/ip.ts";
import type { Observation } from "../core/observation.ts";
import type { ExamContext } from "../probes/context.ts";
import { portControl } from "../probes/port-control.ts";

/** Ports on which a mail host often answers beside 25. */
const otherPorts = [443, 587, 465] as const;
const addressesTried = 2;

/**
 * When nothing answered on port 25 over IPv4 or over IPv6, asks whether the silent addresses answer
 * elsewhere, and the control host that the user named: what tells a dead exchanger from a blocked
 * network. The families are judged apart.
 */
export async function examineControls(
  hellos: readonly Observation[],
  ctx: ExamContext,
  control: { readonly host: string; readonly port: number } | undefined,
): Promise<void> {
  const tasks = ([4, 6] as const).map(async (family) => {
    const tried = hellos.filter(
      ({ outcome, subject }) =>
        outcome !== "skipped" && subject.port === 25 && ipFamily(subject.ip ?? "") === family,
    );
    const silent = tried.filter(({ failure }) => failure?.code === "connect-timeout");
    if (silent.length === 0 || silent.length < tried.length) return;
    ctx.progress({ text: "asking whether this network blocks port 25" });
    await Promise.all([
      askElsewhere(silent, ctx),
      ...(control === undefined ? [] : [askControl(control, family, ctx)]),
    ]);
  });
  await Promise.all(tasks);
}

async function askElsewhere(silent: readonly Observation[], ctx: ExamContext): Promise<void> {
  const networks = new Map<string, Observation>();
  for (const hello of silent) networks.set(networkOf(hello.subject.ip ?? ""), hello);
  await Promise.all(
    [...networks.values()].slice(0, addressesTried).flatMap(({ id, subject }) =>
      otherPorts.map((port) => {
        const { host = "", ip = "" } = subject;
        return portControl({ host, ip, port }, "same-address", ctx, [id]);
      }),
    ),
  );
}

/** Asks the control where it has an address of the family. */
async function askControl(
  { host, port }: { readonly host: string; readonly port: number },
  family: 4 | 6,
  ctx: ExamContext,
): Promise<void> {
  const [ip] = await addressesOf(host, family, ctx);
  if (ip !== undefined) await portControl({ host, ip, port }, "control", ctx, []);
}

async function addressesOf(
  host: string,
  family: 4 | 6,
  ctx: ExamContext,
): Promise<readonly string[]> {
  if (ipFamily(host) !== 0) return ipFamily(host) === family ? [host] : [];
  const { records } = await ctx.resolver.query(host, family === 6 ? "AAAA" : "A", ctx.signal);
  return records.map(({ value }) => value);
}
