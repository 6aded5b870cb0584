import type { Check } from "../core/check.ts";
import { addressPtrMissing } from "./address/ptr-missing.ts";
import { addressPtrUnconfirmed } from "./address/ptr-unconfirmed.ts";
import { dmarcMissing } from "./dmarc/missing.ts";
import { dmarcMultiple } from "./dmarc/multiple.ts";
import { dmarcPolicyNone } from "./dmarc/policy-none.ts";
import { dmarcSyntax } from "./dmarc/syntax.ts";
import { domainNotFound } from "./domain/not-found.ts";
import { environmentWeakened } from "./environment/weakened.ts";
import { mxAddressLiteral } from "./mx/address-literal.ts";
import { mxAliasTarget } from "./mx/alias-target.ts";
import { mxImplicit } from "./mx/implicit.ts";
import { mxInvalidHostName } from "./mx/invalid-host-name.ts";
import { mxLocalhost } from "./mx/localhost.ts";
import { mxMissing } from "./mx/missing.ts";
import { mxNullMx } from "./mx/null-mx.ts";
import { mxNullMxWithOthers } from "./mx/null-mx-with-others.ts";
import { mxSpecialPurposeAddress } from "./mx/special-purpose-address.ts";
import { mxUnreachable } from "./mx/unreachable.ts";
import { mxUnresolvable } from "./mx/unresolvable.ts";
import { relayOpenRelay } from "./relay/open-relay.ts";
import { smtpDomainNotServed } from "./smtp/domain-not-served.ts";
import { smtpGreetingName } from "./smtp/greeting-name.ts";
import { smtpGreetingSlow } from "./smtp/greeting-slow.ts";
import { smtpHelloRefused } from "./smtp/hello-refused.ts";
import { smtpHeloOnly } from "./smtp/helo-only.ts";
import { smtpMasked } from "./smtp/masked.ts";
import { smtpNullSenderRefused } from "./smtp/null-sender-refused.ts";
import { smtpPostmasterRefused } from "./smtp/postmaster-refused.ts";
import { smtpStarttlsBroken } from "./smtp/starttls-broken.ts";
import { smtpStarttlsInjection } from "./smtp/starttls-injection.ts";
import { smtpStarttlsMissing } from "./smtp/starttls-missing.ts";
import { smtpStarttlsRefused } from "./smtp/starttls-refused.ts";
import { smtpUnknownRecipientAccepted } from "./smtp/unknown-recipient-accepted.ts";
import { spfAllPermissive } from "./spf/all-permissive.ts";
import { spfMissing } from "./spf/missing.ts";
import { spfMultiple } from "./spf/multiple.ts";
import { spfSyntax } from "./spf/syntax.ts";
import { tlsCertificateExpired } from "./tls/certificate-expired.ts";
import { tlsCertificateNameMismatch } from "./tls/certificate-name-mismatch.ts";
import { tlsCertificateNotYetValid } from "./tls/certificate-not-yet-valid.ts";
import { tlsCertificateUntrusted } from "./tls/certificate-untrusted.ts";
import { tlsCertificateWeakKey } from "./tls/certificate-weak-key.ts";
import { tlsCertificateWeakSignature } from "./tls/certificate-weak-signature.ts";
import { tlsVersionOld } from "./tls/version-old.ts";

/**
 * Every check, in the order of findings of the same severity: what stops mail before what exposes
 * it, and that before what is merely untidy.
 */
export const allChecks: readonly Check[] = [
  domainNotFound,
  mxMissing,
  mxUnresolvable,
  mxUnreachable,
  mxSpecialPurposeAddress,
  mxAddressLiteral,
  mxLocalhost,
  mxNullMxWithOthers,
  mxInvalidHostName,
  mxAliasTarget,
  mxImplicit,
  mxNullMx,
  smtpHelloRefused,
  smtpDomainNotServed,
  relayOpenRelay,
  smtpStarttlsMissing,
  smtpStarttlsRefused,
  smtpStarttlsBroken,
  smtpStarttlsInjection,
  tlsCertificateExpired,
  tlsCertificateNotYetValid,
  tlsCertificateNameMismatch,
  tlsCertificateUntrusted,
  tlsCertificateWeakKey,
  tlsCertificateWeakSignature,
  tlsVersionOld,
  smtpNullSenderRefused,
  smtpPostmasterRefused,
  smtpUnknownRecipientAccepted,
  smtpGreetingName,
  smtpGreetingSlow,
  smtpHeloOnly,
  smtpMasked,
  addressPtrMissing,
  addressPtrUnconfirmed,
  spfMultiple,
  spfSyntax,
  spfAllPermissive,
  spfMissing,
  dmarcMultiple,
  dmarcMissing,
  dmarcSyntax,
  dmarcPolicyNone,
  environmentWeakened,
];
