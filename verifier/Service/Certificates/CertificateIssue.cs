using System.Data.Common;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates.Applications;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;

namespace IotAttest.Service.Certificates;

/// <summary>A submitted certificate that may be issued: every rule was checked, nothing is stored yet.</summary>
internal sealed class CertificateIssue
{
    private readonly CertificateSubmission _submission;
    private readonly BuildRow _build;
    private readonly (CertificateRow Row, CertificateLife Life)? _superseded;
    private readonly ApplicationIssue? _application;

    private CertificateIssue(CertificateSubmission submission, BuildRow build, (CertificateRow Row, CertificateLife Life)? superseded, ApplicationIssue? application)
    {
        _submission = submission;
        _build = build;
        _superseded = superseded;
        _application = application;
    }

    /// <summary>True when a laboratory tested the product, or the one whose certificate this takes the place of.</summary>
    public bool TakesTwoPersons =>
        SecondPerson.IsNeeded(KindOf(_submission.Endorsement), IssueRules.RulesOf(_submission.Endorsement))
        || (_superseded is { } superseded && SecondPerson.IsNeeded(DecisionKind.Supersede, superseded.Life.Rules));

    /// <exception cref="ProblemException">The content is refused.</exception>
    public static CertificateIssue Plan(DbConnection connection, DbTransaction transaction, CertificateSubmission submission, DateTimeOffset now)
    {
        CertificateEndorsement endorsement = submission.Endorsement;
        IssueRules.Check(endorsement, submission.Body, now);
        BuildRow build = FindBuild(connection, transaction, endorsement);
        if (CertificateTable.Find(connection, transaction, endorsement.CertificateId) is not null)
        {
            throw Refuse.Conflict($"certificate id {endorsement.CertificateId} in another file", "an id that is not taken", "Issue the certificate under another id.");
        }

        ApplicationIssue? application = ApplicationIssue.Plan(connection, transaction, endorsement, build.Id, now);
        return new CertificateIssue(submission, build, FindSuperseded(connection, transaction, endorsement, build, now), application);
    }

    /// <summary>Stores the certificate, its first event and what follows for the one it supersedes.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="person">Who submitted it, or confirmed the submission.</param>
    /// <param name="proposal">The proposal that is confirmed, or null.</param>
    /// <param name="now">The verifier's time.</param>
    public RegistryChange Take(DbConnection connection, DbTransaction transaction, string person, long? proposal, DateTimeOffset now)
    {
        CertificateEndorsement endorsement = _submission.Endorsement;
        string body = _submission.Body.Name;
        CertificateTable.Insert(connection, transaction, endorsement, _submission.Signed, _submission.File, _build.Id, now);
        CertificateEventTable.Insert(connection, transaction, endorsement.CertificateId, new CertificateEvent(now, KindOf(endorsement), Transitions.After(KindOf(endorsement)), body, "issued"), person, proposal);
        _application?.Take(connection, transaction, person, proposal, now);
        if (_superseded is { } superseded)
        {
            Supersede(connection, transaction, superseded.Row, superseded.Life, person, proposal, now);
        }

        IEnumerable<string> builds = new[] { _build.Id, _superseded?.Row.BuildId ?? _build.Id }.Distinct();
        return new RegistryChange(
            endorsement.CertificateId, IsNew: true, Manufacturer: _build.Manufacturer, Builds: [.. builds.Select(build => ReferenceLoader.LoadBuild(connection, transaction, build))]);
    }

    private void Supersede(DbConnection connection, DbTransaction transaction, CertificateRow row, CertificateLife life, string person, long? proposal, DateTimeOffset now)
    {
        if (!life.TryDecide(SupersedeBy(_submission.Endorsement), row.Body, isConfirmed: proposal is not null, now, out CertificateLife? next, out DecisionRefusal? refusal))
        {
            throw DecisionProblem.Of(refusal);
        }

        CertificateTable.SetStatus(connection, transaction, row.Id, next);
        CertificateEventTable.Insert(connection, transaction, row.Id, next.History[^1], person, proposal);
    }

    /// <summary>Whether it is a full or a provisional certificate that is issued.</summary>
    public static DecisionKind KindOf(CertificateEndorsement endorsement) => endorsement.IsProvisional ? DecisionKind.IssueProvisional : DecisionKind.Issue;

    private static ProposedDecision SupersedeBy(CertificateEndorsement endorsement) =>
        new(DecisionKind.Supersede, $"superseded by {endorsement.CertificateId}{(endorsement.Supersedes?.IsMinorChange == true ? ", a minor change" : "")}") { SupersededBy = endorsement.CertificateId };

    private static BuildRow FindBuild(DbConnection connection, DbTransaction transaction, CertificateEndorsement endorsement)
    {
        BuildRow? build = BuildTable.FindByManifest(connection, transaction, endorsement.ManifestSha256);
        if (build is null)
        {
            throw Refuse.Unacceptable("UnknownManifest", $"manifest {endorsement.ManifestSha256}, which nobody submitted", "the SHA-256 of a submitted manifest file", "Have the manufacturer submit the manifest first (POST /v1/builds).");
        }

        IssueRules.CheckCondition(endorsement, StoredManifest.Read(connection, transaction, build.Id).Manifest);
        return build;
    }

    private static (CertificateRow Row, CertificateLife Life)? FindSuperseded(DbConnection connection, DbTransaction transaction, CertificateEndorsement endorsement, BuildRow build, DateTimeOffset now)
    {
        if (endorsement.Supersedes is not { } named)
        {
            return null;
        }

        CertificateRow row = CertificateTable.Find(connection, transaction, named.CertificateId)
            ?? throw SupersedeRules.Refused("a certificate that was never issued here", "the id of a certificate of this body");
        SupersedeRules.Check(endorsement, named, row, build, now);
        CertificateLife life = CertificateEventTable.LifeOf(connection, transaction, row);
        return life.Check(SupersedeBy(endorsement), now) is { } refusal ? throw DecisionProblem.Of(refusal) : (row, life);
    }
}
