using IotAttest.Domain.Cases;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Cases;

/// <summary>Which cases a list shall hold; null means any.</summary>
internal sealed record CaseFilter(CaseType? Type, bool? IsOpen, string? Certificate, Paging Paging)
{
    /// <exception cref="ProblemException">An unknown type or state.</exception>
    public static CaseFilter Parse(string? type, string? state, string? certificate, string? limit, string? cursor) => new(
        type is null ? null : CaseRequest.TypeOf(type) ?? throw Refuse.Malformed("another type of case", CaseRequest.Types, "Correct \"type\"."),
        state switch
        {
            null => null,
            "open" => true,
            "decided" => false,
            _ => throw Refuse.Malformed("another state", "open or decided", "Correct \"state\"."),
        },
        certificate,
        Paging.Parse(limit, cursor));
}
