namespace IotAttest.Service.Events;

/// <summary><c>device.verdict</c>: what people see of a board has changed, or a person decided about it.</summary>
internal sealed record DeviceVerdictData(string Ueid, string Conformity, string Previous, IReadOnlyList<string> Drift, IReadOnlyList<string> Conditions, IReadOnlyList<string> Advisories, string? Build, string? AsOf, string Cause, string Manufacturer, string? Owner);

/// <summary><c>device.address</c>: the key of a board was used from another network address: roaming, a change of network, or a copy.</summary>
internal sealed record DeviceAddressData(string Ueid, string Addresses, string Manufacturer, string? Owner);

/// <summary><c>certificate.status</c>: a certificate was issued, or its body decided about it.</summary>
internal sealed record CertificateStatusData(string Certificate, string Status, string DecidedBy, string Reason, string Build, string Manufacturer);

/// <summary><c>build.submitted</c> and <c>build.superseded</c>.</summary>
internal sealed record BuildData(string Build, string Manufacturer, string Class, string Version, string? SupersededBy, string? AcceptedUntil);

/// <summary><c>organisation.key</c>: a signing key of an organisation was added, or removed and why.</summary>
internal sealed record OrganisationKeyData(string Organisation, string Kid, string Change, string? Reason);

/// <summary><c>build.retired</c>: the manufacturer no longer stands behind a build.</summary>
internal sealed record BuildRetiredData(string Build, string Manufacturer, string Class, string Version, string DecidedBy, string Reason);

/// <summary><c>class.minimum</c>: boards of the class need at least this security version.</summary>
internal sealed record ClassMinimumData(string Class, string Manufacturer, long MinimumSecurityVersion, string DecidedBy, string Reason);

/// <summary><c>product.changed</c>: a maker described a product, or described it anew.</summary>
internal sealed record ProductData(Guid Class, string Manufacturer, string ProductName, string? SupportUntil, string DecidedBy, string Reason);

/// <summary><c>product.support-ending</c> and <c>product.support-ended</c>: 90 days before the last day of support, and after it.</summary>
internal sealed record SupportData(Guid Class, string Manufacturer, string ProductName, string SupportUntil);

/// <summary><c>component.status</c>: a body or the operator said how the certificate of a component stands; <c>GET /v1/components</c> says who depends on it.</summary>
internal sealed record ComponentStatusData(string Scheme, string Number, string Status, string? Until, string DecidedBy, string Reason);

/// <summary><c>advisory.published</c> and <c>advisory.updated</c>: an advisory, or a later revision of one, came into force.</summary>
internal sealed record AdvisoryData(string Advisory, string Version, string Title, string Severity, string ImportedBy, bool IsWithdrawn);

/// <summary><c>build.vulnerable</c>: the advisories that mark a build affected have changed; without any, it is affected no more.</summary>
internal sealed record BuildVulnerableData(string Build, string Manufacturer, string Class, string Version, bool Vulnerable, IReadOnlyList<string> Advisories, IReadOnlyList<string> Vulnerabilities);

/// <summary><c>incident.clock-overdue</c>: the time for a report has run out, and nobody recorded that it was made.</summary>
internal sealed record IncidentClockData(string Incident, string Organisation, string Clock, string DueAt, string Title);

/// <summary><c>application.step</c>: an application for a certificate moved. For its parties alone.</summary>
internal sealed record ApplicationStepData(string Application, string Status, string Holder, string Body, string Scheme, string Level, string Build, string? Certificate);

/// <summary><c>case.step</c>: something happened in a case. For its parties alone; reasons stand in the case.</summary>
internal sealed record CaseStepData(string Case, string Type, string Step, string? Outcome, string? Certificate, string? Application, string Holder, string Body);

/// <summary><c>device.alarm</c>: a board out of service sent evidence that verifies: somebody has its key.</summary>
internal sealed record DeviceAlarmData(string Ueid, string Detail, string Manufacturer, string? Owner);

/// <summary><c>device.transfer</c>: boards were offered, accepted, declined or withdrawn.</summary>
internal sealed record DeviceTransferData(string Transfer, string State, string From, string To, long Boards, string DecidedBy, string Reason);

/// <summary><c>log.altered</c>: rows of the registry were changed behind the verifier's back, or the transparency log was.</summary>
internal sealed record LogAlteredData(string Findings);
