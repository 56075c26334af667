using System.Data.Common;
using IotAttest.Conformance;
using IotAttest.Domain.Corim;
using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Reports;

/// <summary>Takes conformance reports and puts them beside the build whose manifest they name.</summary>
internal sealed class ReportRegistry(StoreWriter writer, Database database, TimeProvider clock)
{
    /// <summary>Most reports of one organisation on one build.</summary>
    public const int MaxReports = 50;

    /// <summary>Attaches a report.</summary>
    /// <returns>The report beside the build, and whether it is new.</returns>
    /// <exception cref="ProblemException">No report, of another build, or not from this caller.</exception>
    public async Task<(ReportView View, bool IsNew)> AttachAsync(Caller caller, string id, byte[] file, CancellationToken cancellation)
    {
        if (!ReportSummary.TryRead(file, out ReportSummary? summary, out string? error))
        {
            throw Refuse.Malformed(error, ConformanceReport.Format, "Send the file that this wrote, unchanged: iotattest conformance --out.");
        }

        return await writer.ExecuteAsync((connection, transaction) => Attach(connection, transaction, caller, id, summary, file), cancellation: cancellation);
    }

    /// <exception cref="ProblemException">No such build.</exception>
    public ReportList ListOf(string id)
    {
        using DbConnection connection = database.Open();
        return new ReportList(ReportTable.List(connection, Build(connection, null, id).Id));
    }

    /// <exception cref="ProblemException">No such report.</exception>
    public byte[] FileOf(string digest)
    {
        using DbConnection connection = database.Open();
        return (BuildCatalogue.TryParseDigest(digest, out Sha256Digest sha256) ? ReportTable.FileOf(connection, sha256) : null)
            ?? throw Refuse.NotFound("no report of that digest", "sha256: and the 64 hex digits that name an attached report");
    }

    private (ReportView View, bool IsNew) Attach(DbConnection connection, DbTransaction transaction, Caller caller, string id, ReportSummary summary, byte[] file)
    {
        BuildRow build = Build(connection, transaction, id);
        string role = RoleOf(connection, transaction, caller, build);
        string manifest = new Sha256Digest(build.ManifestSha256).ToString();
        if (summary.ManifestDigest != manifest)
        {
            throw Refuse.Unacceptable("OtherBuild", $"a report about {summary.ManifestDigest ?? "no manifest"}", $"a report about {manifest}", "Run the suite with --manifest and the file that was submitted.");
        }

        Sha256Digest digest = Sha256Digest.Of(file);
        if (ReportTable.Find(connection, transaction, build.Id, digest, caller.PublicName) is { } known)
        {
            return (known.ToView(), false);
        }

        if (ReportTable.CountOf(connection, transaction, build.Id, caller.PublicName) >= MaxReports)
        {
            throw Refuse.Conflict($"{MaxReports} reports of {caller.PublicName} on this build", $"at most {MaxReports}", "Attach what counts: the last full run.");
        }

        ReportRow row = RowOf(digest, caller, role, summary);
        ReportTable.Insert(connection, transaction, build.Id, file, row);
        BuildEventTable.Add(connection, transaction, build.Id, BuildEventTable.Report, caller.PublicName, digest.ToString(), row.At);
        return (row.ToView(), true);
    }

    private ReportRow RowOf(Sha256Digest digest, Caller caller, string role, ReportSummary summary) => new()
    {
        Sha256 = digest.ToBytes(),
        AttachedBy = caller.PublicName,
        Role = role,
        At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        Target = summary.TargetKind,
        ToolVersion = summary.ToolVersion,
        Pass = summary.Pass,
        Fail = summary.Fail,
        NotApplicable = summary.NotApplicable,
    };

    // The maker about its own builds, laboratories about any, a body about what it certified: nobody puts words on another's page without standing.
    private static string RoleOf(DbConnection connection, DbTransaction transaction, Caller caller, BuildRow build) => caller switch
    {
        { IsOperator: true } => Roles.Operator,
        _ when caller.ActsAs(Roles.Manufacturer, build.Manufacturer) => Roles.Manufacturer,
        _ when caller.Has(Roles.Laboratory) => Roles.Laboratory,
        _ when caller.Has(Roles.Body) && ReportTable.HasCertified(connection, transaction, build.Id, caller.PublicName) => Roles.Body,
        _ => throw Refuse.Forbidden($"a build of {build.Manufacturer} from {caller.Name}", $"{build.Manufacturer}, a laboratory, or a body that issued a certificate for the build"),
    };

    private static BuildRow Build(DbConnection connection, DbTransaction? transaction, string id) =>
        BuildTable.Find(connection, transaction, id) ?? throw Refuse.NotFound("no build of that id", "the id of a submitted build");
}
