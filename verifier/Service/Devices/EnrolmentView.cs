using System.Text.Json.Serialization;

namespace IotAttest.Service.Devices;

/// <summary>The answer to an enrolment; the credential only when it was made here.</summary>
internal sealed record EnrolmentView(
    string Ueid,
    string Kid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Credential);
