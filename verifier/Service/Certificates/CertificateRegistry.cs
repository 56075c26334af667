using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Certificates;

/// <summary>Takes signed certificates and the decisions of their bodies; every change is in force for all boards at once.</summary>
internal sealed class CertificateRegistry(StoreWriter writer, SignedFileCheck files, ReferencePublisher publisher, TimeProvider clock)
{
    /// <summary>Submits a certificate.</summary>
    /// <returns>Its id, and whether it is new.</returns>
    /// <exception cref="ProblemException">The file, its signer or its content is refused.</exception>
    public async Task<(string Id, bool IsNew)> SubmitAsync(Caller caller, byte[] file, CancellationToken cancellation)
    {
        (SignedCorim signed, Organisation body) = files.Verify(caller, file, Roles.Body);
        if (!CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? endorsement, out CorimError? error))
        {
            throw SignedFileCheck.Malformed(error);
        }

        Change change = await writer.ExecuteAsync((connection, transaction) => Submit(connection, transaction, endorsement, body, signed, file), Publish, cancellation);
        return (change.Id, change.Reference is not null);
    }

    /// <summary>Takes a decision of the issuing body.</summary>
    /// <exception cref="ProblemException">Not the caller's certificate, or a decision that its status does not allow.</exception>
    public async Task DecideAsync(Caller caller, string id, CertificateDecisionRequest request, CancellationToken cancellation) =>
        await writer.ExecuteAsync((connection, transaction) => Decide(connection, transaction, caller, id, request), Publish, cancellation);

    private Change Submit(SqliteConnection connection, SqliteTransaction transaction, CertificateEndorsement endorsement, Organisation body, SignedCorim signed, byte[] file)
    {
        // Before the rules: a file that was taken once stays taken, also after its validity ended.
        if (CertificateTable.FindByFile(connection, transaction, signed.Sha256) is { } stored)
        {
            return new Change(stored.Id, stored.Manufacturer, null);
        }

        DateTimeOffset now = clock.GetUtcNow();
        IssueRules.Check(endorsement, body, now);
        BuildRow build = FindBuild(connection, transaction, endorsement);
        if (CertificateTable.Find(connection, transaction, endorsement.CertificateId) is not null)
        {
            throw Refuse.Conflict($"certificate id {endorsement.CertificateId} in another file", "an id that is not taken", "Issue the certificate under another id.");
        }

        CertificateTable.Insert(connection, transaction, endorsement, signed, file, build.Id, now);
        CertificateTable.InsertEvent(connection, transaction, endorsement.CertificateId, CertificateStatus.Certified, body.Name, "issued", now);
        return new Change(endorsement.CertificateId, build.Manufacturer, ReferenceLoader.Load(connection, transaction, build.Manufacturer));
    }

    private static BuildRow FindBuild(SqliteConnection connection, SqliteTransaction transaction, CertificateEndorsement endorsement)
    {
        BuildRow? build = BuildTable.FindByManifest(connection, transaction, endorsement.ManifestSha256);
        if (build is null
            || !SignedCorim.TryDecode(BuildTable.ManifestOf(connection, transaction, build.Id), out SignedCorim? signed, out _)
            || !BuildManifestReader.TryRead(signed, out BuildManifest? manifest, out _))
        {
            throw Refuse.Unacceptable("UnknownManifest", $"manifest {endorsement.ManifestSha256}, which nobody submitted", "the SHA-256 of a submitted manifest file", "Have the manufacturer submit the manifest first (POST /v1/builds).");
        }

        IssueRules.CheckCondition(endorsement, manifest);
        return build;
    }

    private Change Decide(SqliteConnection connection, SqliteTransaction transaction, Caller caller, string id, CertificateDecisionRequest request)
    {
        CertificateRow row = CertificateTable.Find(connection, transaction, id) ?? throw Refuse.NotFound("no certificate of that id", "the id of an issued certificate");
        if (!caller.ActsAs(Roles.Body, row.Body))
        {
            throw Refuse.Forbidden($"a decision of {caller.Name} about a certificate of {row.Body}", $"the token of {row.Body}");
        }

        DateTimeOffset now = clock.GetUtcNow();
        bool isExpired = row.IsExpired(now);
        CertificateStatus next = (isExpired ? null : CertificateDecision.After(row.Decided, request.Decision)) ?? throw NotPossible(row, isExpired, request.Decision);
        CertificateTable.SetStatus(connection, transaction, row.Id, next);
        CertificateTable.InsertEvent(connection, transaction, row.Id, next, caller.Name, request.Reason, now);
        return new Change(row.Id, row.Manufacturer, ReferenceLoader.Load(connection, transaction, row.Manufacturer));
    }

    private static ProblemException NotPossible(CertificateRow row, bool isExpired, string decision)
    {
        string[] possible = isExpired ? [] : [.. CertificateDecision.Possible(row.Decided)];
        string status = isExpired ? "expired" : row.Decided.ToString().ToLowerInvariant();
        return Refuse.Conflict($"{decision} of a certificate that is {status}", possible.Length == 0 ? "nothing: this status is final" : string.Join(" or ", possible), "Issue a new certificate if the product is covered again.");
    }

    private void Publish(Change change)
    {
        if (change.Reference is { } reference)
        {
            publisher.Publish(change.Manufacturer, reference);
        }
    }

    /// <summary>What a job did; no reference when nothing changed.</summary>
    private sealed record Change(string Id, string Manufacturer, ManufacturerReference? Reference);
}
