import type { Check } from "../core/check.ts";
import { addressFamilyDiffers } from "./address/family-differs.ts";
import { addressPtrGeneric } from "./address/ptr-generic.ts";
import { addressPtrGreeting } from "./address/ptr-greeting.ts";
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
import { mxBackupWeaker } from "./mx/backup-weaker.ts";
import { mxDuplicateAddress } from "./mx/duplicate-address.ts";
import { mxDuplicateHost } from "./mx/duplicate-host.ts";
import { mxImplicit } from "./mx/implicit.ts";
import { mxInvalidHostName } from "./mx/invalid-host-name.ts";
import { mxLocalhost } from "./mx/localhost.ts";
import { mxMissing } from "./mx/missing.ts";
import { mxNullMx } from "./mx/null-mx.ts";
import { mxNullMxWithOthers } from "./mx/null-mx-with-others.ts";
import { mxRedundancy } from "./mx/redundancy.ts";
import { mxSpecialPurposeAddress } from "./mx/special-purpose-address.ts";
import { mxTooMany } from "./mx/too-many.ts";
import { mxUnreachable } from "./mx/unreachable.ts";
import { mxUnresolvable } from "./mx/unresolvable.ts";
import { relayOpenRelay } from "./relay/open-relay.ts";
import { smtpAuthBeforeTls } from "./smtp/auth-before-tls.ts";
import { smtpDomainNotServed } from "./smtp/domain-not-served.ts";
import { smtpEnhancedCodesMissing } from "./smtp/enhanced-codes-missing.ts";
import { smtpExpnReveals } from "./smtp/expn-reveals.ts";
import { smtpExtensionsAfterTls } from "./smtp/extensions-after-tls.ts";
import { smtpGreetingName } from "./smtp/greeting-name.ts";
import { smtpGreetingSlow } from "./smtp/greeting-slow.ts";
import { smtpHelloRefused } from "./smtp/hello-refused.ts";
import { smtpHeloOnly } from "./smtp/helo-only.ts";
import { smtpInternalVerbs } from "./smtp/internal-verbs.ts";
import { smtpMasked } from "./smtp/masked.ts";
import { smtpNullSenderRefused } from "./smtp/null-sender-refused.ts";
import { smtpObsoleteVerbs } from "./smtp/obsolete-verbs.ts";
import { smtpPostmasterRefused } from "./smtp/postmaster-refused.ts";
import { smtpReplyGrammar } from "./smtp/reply-grammar.ts";
import { smtpSizeLimit } from "./smtp/size-limit.ts";
import { smtpStarttlsAfterTls } from "./smtp/starttls-after-tls.ts";
import { smtpStarttlsBroken } from "./smtp/starttls-broken.ts";
import { smtpStarttlsCommandInjection } from "./smtp/starttls-command-injection.ts";
import { smtpStarttlsInjection } from "./smtp/starttls-injection.ts";
import { smtpStarttlsMissing } from "./smtp/starttls-missing.ts";
import { smtpStarttlsRefused } from "./smtp/starttls-refused.ts";
import { smtpUnknownRecipientAccepted } from "./smtp/unknown-recipient-accepted.ts";
import { smtpVrfyReveals } from "./smtp/vrfy-reveals.ts";
import { spfAllPermissive } from "./spf/all-permissive.ts";
import { spfMissing } from "./spf/missing.ts";
import { spfMultiple } from "./spf/multiple.ts";
import { spfSyntax } from "./spf/syntax.ts";
import { tlsAnonymousKeyExchange } from "./tls/anonymous-key-exchange.ts";
import { tlsCertificateDiffers } from "./tls/certificate-differs.ts";
import { tlsCertificateExpired } from "./tls/certificate-expired.ts";
import { tlsCertificateNameMismatch } from "./tls/certificate-name-mismatch.ts";
import { tlsCertificateNotYetValid } from "./tls/certificate-not-yet-valid.ts";
import { tlsCertificateUntrusted } from "./tls/certificate-untrusted.ts";
import { tlsCertificateWeakKey } from "./tls/certificate-weak-key.ts";
import { tlsCertificateWeakSignature } from "./tls/certificate-weak-signature.ts";
import { tlsKeyExchange } from "./tls/key-exchange.ts";
import { tlsLegacyVersions } from "./tls/legacy-versions.ts";
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
  mxTooMany,
  mxImplicit,
  mxNullMx,
  mxDuplicateHost,
  mxDuplicateAddress,
  mxRedundancy,
  smtpHelloRefused,
  smtpDomainNotServed,
  relayOpenRelay,
  smtpInternalVerbs,
  smtpAuthBeforeTls,
  smtpStarttlsMissing,
  smtpStarttlsRefused,
  smtpStarttlsBroken,
  smtpStarttlsInjection,
  smtpStarttlsCommandInjection,
  tlsCertificateExpired,
  tlsCertificateNotYetValid,
  tlsCertificateNameMismatch,
  tlsCertificateUntrusted,
  tlsCertificateWeakKey,
  tlsCertificateWeakSignature,
  tlsVersionOld,
  tlsLegacyVersions,
  tlsKeyExchange,
  tlsAnonymousKeyExchange,
  mxBackupWeaker,
  addressFamilyDiffers,
  tlsCertificateDiffers,
  smtpNullSenderRefused,
  smtpPostmasterRefused,
  smtpUnknownRecipientAccepted,
  smtpExpnReveals,
  smtpVrfyReveals,
  smtpGreetingName,
  smtpGreetingSlow,
  smtpHeloOnly,
  smtpMasked,
  smtpReplyGrammar,
  smtpStarttlsAfterTls,
  smtpExtensionsAfterTls,
  smtpSizeLimit,
  smtpEnhancedCodesMissing,
  smtpObsoleteVerbs,
  addressPtrMissing,
  addressPtrUnconfirmed,
  addressPtrGeneric,
  addressPtrGreeting,
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
