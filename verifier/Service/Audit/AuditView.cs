using System.Globalization;
using System.Text.Json.Serialization;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Audit;

/// <summary>One write: who, what, why, and how it ended.</summary>
/// <param name="Id">Grows; the cursor.</param>
/// <param name="At">When.</param>
/// <param name="Organisation">The organisation, or <c>operator</c>.</param>
/// <param name="Token">The name of its token; of a login by OIDC, <c>oidc:</c> and the subject.</param>
/// <param name="TokenId">The id of the token; names can be used again after a revocation, ids cannot.</param>
/// <param name="Person">The person behind the token, where the operator named one.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The template of the route.</param>
/// <param name="Object">What it was about; empty when the route does not say.</param>
/// <param name="Reason">The reason given, where the route takes one.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Omitted">Refused writes of this organisation before this one that have no entry of their own.</param>
internal sealed record AuditView(
    string Id,
    string At,
    string Organisation,
    string Token,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Person,
    string Method,
    string Route,
    string Object,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Omitted)
{
    public static AuditView Of(AuditRow row) => new(
        row.Seq.ToString(CultureInfo.InvariantCulture),
        UtcText.OfMs(row.At),
        row.Organisation ?? Roles.Operator,
        row.Token,
        NullIfEmpty(row.TokenId),
        NullIfEmpty(row.Person),
        row.Method,
        row.Route,
        row.Object,
        NullIfEmpty(row.Reason),
        (int)row.Status,
        row.Omitted);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>A page of the audit log, oldest first. <c>Next</c> is the value of <c>since</c> to go on with.</summary>
internal sealed record AuditPage(IReadOnlyList<AuditView> Entries, string Next);
