namespace IotAttest.Service.Events;

/// <summary><c>device.verdict</c>: what people see of a board has changed, or a person decided about it.</summary>
internal sealed record DeviceVerdictData(string Ueid, string Conformity, string Previous, IReadOnlyList<string> Drift, string? Build, string? AsOf, string Cause, string Manufacturer, string? Owner);

/// <summary><c>device.address</c>: the key of a board was used from another network address: roaming, a change of network, or a copy.</summary>
internal sealed record DeviceAddressData(string Ueid, string Addresses, string Manufacturer, string? Owner);

/// <summary><c>certificate.status</c>: a certificate was issued, or its body decided about it.</summary>
internal sealed record CertificateStatusData(string Certificate, string Status, string DecidedBy, string Reason, string Build, string Manufacturer);

/// <summary><c>build.submitted</c> and <c>build.superseded</c>.</summary>
internal sealed record BuildData(string Build, string Manufacturer, string Class, string Version, string? SupersededBy, string? AcceptedUntil);

/// <summary><c>organisation.key</c>: an organisation has another signing key.</summary>
internal sealed record OrganisationKeyData(string Organisation, string Kid);

/// <summary><c>build.retired</c>: the manufacturer no longer stands behind a build.</summary>
internal sealed record BuildRetiredData(string Build, string Manufacturer, string Class, string Version, string DecidedBy, string Reason);

/// <summary><c>class.minimum</c>: boards of the class need at least this security version.</summary>
internal sealed record ClassMinimumData(string Class, string Manufacturer, long MinimumSecurityVersion, string DecidedBy, string Reason);

/// <summary><c>log.altered</c>: rows of the registry were changed behind the verifier's back, or the transparency log was.</summary>
internal sealed record LogAlteredData(string Findings);
