using System.Data.Common;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Service.Access;
using IotAttest.Service.Cases;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Certificates;

/// <summary>Takes signed certificates and the decisions of their bodies; every change is in force for all boards at once.</summary>
internal sealed class CertificateRegistry(StoreWriter writer, SignedFileCheck files, ReferencePublisher publisher, TimeProvider clock)
{
    /// <summary>Submits a certificate. At a level that takes two persons it becomes a proposal.</summary>
    /// <exception cref="ProblemException">The file, its signer or its content is refused.</exception>
    public Task<RegistryChange> SubmitAsync(Caller caller, byte[] file, CancellationToken cancellation)
    {
        CertificateSubmission submission = Read(caller, file);
        return writer.ExecuteAsync((connection, transaction) => Submit(connection, transaction, caller, submission), Publish, cancellation);
    }

    /// <summary>Takes a decision of the issuing body, proposes one that takes two persons, or confirms it.</summary>
    /// <exception cref="ProblemException">Not the caller's certificate, or a decision that its status, its terms or its persons do not allow.</exception>
    public Task<RegistryChange> DecideAsync(Caller caller, string id, CertificateDecisionRequest request, CancellationToken cancellation)
    {
        if (request.Confirmed is { } proposal)
        {
            return writer.ExecuteAsync((connection, transaction) => Confirm(connection, transaction, caller, id, proposal), Publish, cancellation);
        }

        ProposedDecision decision = request.ToDecision();
        return writer.ExecuteAsync((connection, transaction) => Decide(connection, transaction, caller, id, decision), Publish, cancellation);
    }

    private CertificateSubmission Read(Caller caller, byte[] file)
    {
        (SignedCorim signed, Organisation body) = files.Verify(caller, file, Roles.Body);
        return CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? endorsement, out CorimError? error)
            ? new CertificateSubmission(endorsement, body, signed, file)
            : throw SignedFileCheck.Malformed(error);
    }

    private RegistryChange Submit(DbConnection connection, DbTransaction transaction, Caller caller, CertificateSubmission submission)
    {
        // Before the rules: a file that was taken once stays taken, also after its validity ended.
        if (CertificateTable.FindByFile(connection, transaction, submission.Signed.Sha256) is { } stored)
        {
            return new RegistryChange(stored.Id);
        }

        DateTimeOffset now = clock.GetUtcNow();
        CertificateIssue issue = CertificateIssue.Plan(connection, transaction, submission, now);
        if (!issue.TakesTwoPersons)
        {
            return issue.Take(connection, transaction, caller.Person, null, now);
        }

        string person = TwoPersons.PersonOf(caller, submission.Body.Name);
        ProposedDecision decision = new(CertificateIssue.KindOf(submission.Endorsement), "issued");
        return Propose(connection, transaction, submission.Endorsement.CertificateId, submission.Body.Name, person, decision, submission.File);
    }

    private RegistryChange Decide(DbConnection connection, DbTransaction transaction, Caller caller, string id, ProposedDecision decision)
    {
        CertificateRow row = CertificateTable.Find(connection, transaction, id) ?? throw Refuse.NotFound("no certificate of that id", "the id of an issued certificate");
        if (!caller.ActsAs(Roles.Body, row.Body))
        {
            throw Refuse.Forbidden($"a decision of {caller.Name} about a certificate of {row.Body}", $"the token of {row.Body}");
        }

        CertificateLife life = CertificateEventTable.LifeOf(connection, transaction, row);
        if (life.Check(decision, clock.GetUtcNow()) is { } refusal)
        {
            throw DecisionProblem.Of(refusal);
        }

        if (decision.Kind == DecisionKind.Stay)
        {
            AppealRules.CheckStay(connection, transaction, row, caller, isConfirmation: false);
        }

        return SecondPerson.IsNeeded(decision.Kind, life.Rules)
            ? Propose(connection, transaction, row.Id, row.Body, TwoPersons.PersonOf(caller, row.Body), decision, null)
            : Take(connection, transaction, row, life, decision, caller, null);
    }

    private RegistryChange Propose(DbConnection connection, DbTransaction transaction, string certificate, string body, string person, ProposedDecision decision, byte[]? file)
    {
        long number = ProposalTable.Insert(connection, transaction, certificate, body, person, decision, file, clock.GetUtcNow());
        return new RegistryChange(certificate, Proposal: ProposalTable.Find(connection, transaction, certificate, number));
    }

    private RegistryChange Confirm(DbConnection connection, DbTransaction transaction, Caller caller, string id, long number)
    {
        ProposalRow proposal = ProposalTable.Find(connection, transaction, id, number) ?? throw Refuse.NotFound("no proposal of that number for this certificate", "the number of a proposal");
        DateTimeOffset now = clock.GetUtcNow();
        string person = TwoPersons.PersonOf(caller, proposal.Body);
        if (CertificateEventTable.ConfirmedProposals(connection, transaction, id).Contains(number))
        {
            throw Refuse.Conflict($"proposal {number}, which was confirmed before", "an open proposal", "Nothing is left to do.");
        }

        if (SecondPerson.Check(proposal.Person, proposal.At, person, now) is { } refusal)
        {
            throw DecisionProblem.Of(refusal);
        }

        if (proposal.File is { } file)
        {
            return CertificateIssue.Plan(connection, transaction, Read(caller, file), now).Take(connection, transaction, person, number, now);
        }

        CertificateRow row = CertificateTable.Find(connection, transaction, id)!;
        if (proposal.Decision == DecisionKind.Stay)
        {
            AppealRules.CheckStay(connection, transaction, row, caller, isConfirmation: true);
        }

        return Take(connection, transaction, row, CertificateEventTable.LifeOf(connection, transaction, row), proposal.ToDecision(), caller, number);
    }

    private RegistryChange Take(DbConnection connection, DbTransaction transaction, CertificateRow row, CertificateLife life, ProposedDecision decision, Caller caller, long? proposal)
    {
        string decidedBy = proposal is null ? caller.PublicName : row.Body;
        if (!life.TryDecide(decision, decidedBy, isConfirmed: proposal is not null, clock.GetUtcNow(), out CertificateLife? next, out DecisionRefusal? refusal))
        {
            throw DecisionProblem.Of(refusal);
        }

        CertificateTable.SetStatus(connection, transaction, row.Id, next);
        CertificateEventTable.Insert(connection, transaction, row.Id, next.History[^1], caller.Person, proposal);
        return new RegistryChange(row.Id, Manufacturer: row.Manufacturer, Builds: [ReferenceLoader.LoadBuild(connection, transaction, row.BuildId)]);
    }

    private void Publish(RegistryChange change)
    {
        if (change.Builds is { } builds)
        {
            publisher.Publish(change.Manufacturer, reference => builds.Aggregate(reference, (current, build) => current.WithChanged(build)));
        }
    }
}
