namespace IotAttest.Service.Reports;

/// <summary>A conformance report beside a build, for everybody: who stands behind it, and how its checks ended.</summary>
/// <param name="Digest">Names the file: <c>GET /v1/reports/{digest}</c>.</param>
/// <param name="AttachedBy">The organisation, or operator.</param>
/// <param name="Role">In which it attached the report: manufacturer, laboratory, body or operator.</param>
/// <param name="AttachedAt">When.</param>
/// <param name="Target">What was tested: simulated, mqtt, manifest or evidence.</param>
/// <param name="ToolVersion">The version of the tool that ran, as the report says.</param>
/// <param name="Pass">Checks that passed.</param>
/// <param name="Fail">Checks that failed.</param>
/// <param name="NotApplicable">Checks that did not apply.</param>
internal sealed record ReportView(string Digest, string AttachedBy, string Role, string AttachedAt, string Target, string ToolVersion, long Pass, long Fail, long NotApplicable);

/// <summary>All reports of a build, oldest first.</summary>
internal sealed record ReportList(IReadOnlyList<ReportView> Reports);
